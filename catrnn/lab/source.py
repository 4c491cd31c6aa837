"""The package's own code, shown in a notebook."""

import inspect
import textwrap

from IPython.display import Markdown


def source(thing) -> Markdown:
    """Show the live source of a class, function or method of the course, just as Python runs it."""
    code = textwrap.dedent(inspect.getsource(thing)).rstrip()
    return Markdown(f"```python\n{code}\n```")
