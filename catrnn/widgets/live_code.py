"""The package's own code, shown in a notebook."""

import inspect

from IPython.display import Markdown


def source(thing) -> Markdown:
    """Show the live source of a class, function or method of the course, just as Python runs it."""
    code = inspect.cleandoc(inspect.getsource(thing))
    return Markdown(f"```python\n{code}\n```")
