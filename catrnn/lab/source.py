"""The package's own code, shown in a notebook."""

import inspect
import pathlib
import re
import textwrap

from IPython.display import Markdown

from catrnn.checks import brief

HERE = pathlib.Path(__file__).resolve().parent.parent
CHANGED = ("The file with this code has changed since Python read it, so what Python runs is not "
           "what stands there. Restart the kernel (*Kernel*, *Restart Kernel…*), and run the cells "
           "again.")


def stamp(path: pathlib.Path) -> tuple | None:
    """Return what a file shows of itself when it is written anew; None if it is gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


AS_READ = {path: stamp(path) for path in HERE.rglob("*.py")}
"""The files of the package as they were when Python read them."""


def source(thing) -> Markdown:
    """Show the source of a class, function or method, just as Python runs it.

    If its file has changed since Python read it, say so. Raises TypeError for anything else.
    """
    try:
        path = pathlib.Path(inspect.getfile(inspect.unwrap(thing))).absolute()
        if path in AS_READ and stamp(path) != AS_READ[path]:
            return Markdown(CHANGED)
        code = textwrap.dedent(inspect.getsource(thing)).rstrip()
    except (TypeError, OSError):
        raise TypeError(f"thing is {brief(thing)}, but a class, a function or a method written in "
                        "Python is expected; write its name without brackets") from None
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown(f"{fence}python\n{code}\n{fence}")
