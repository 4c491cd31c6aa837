"""Turn Python's source in wheels and zip files into byte code, by the Python that is to read it.

    python tools/byte_code.py FROM TO KEPT...

Every .whl and .zip in the folder FROM goes into the folder TO, with a .pyc in the place of each .py. In an archive
whose name begins with one of KEPT the source stays, and its byte code lies in __pycache__ beside it. Byte code is
good for one minor version of Python alone, so this file needs nothing but the standard library: it runs in Pyodide too,
by tools/byte_code.mjs.
"""

import base64
import contextlib
import hashlib
import importlib.util
import marshal
import os
import sys
import zipfile

TIME = (2020, 1, 1, 0, 0, 0)
"""Stands for when a file was changed, so that the same source gives the same archive."""

UNCHECKED, CHECKED = 1, 3
"""The flags in a .pyc: Python takes it for what it is, or compares it with its source, by hash, each time (PEP 552)."""


def compiled(source, name, checked):
    """Return what a .pyc holds for this source; the name is that of a file in which Python will find the code."""
    code = compile(source, name, "exec", dont_inherit=True)
    flags = CHECKED if checked else UNCHECKED
    return (importlib.util.MAGIC_NUMBER + flags.to_bytes(4, "little") + importlib.util.source_hash(source)
            + marshal.dumps(code))


def beside(name):
    """Return where the byte code of a file lies when its source stays."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/__pycache__/{file.removesuffix('.py')}.{sys.implementation.cache_tag}.pyc".lstrip("/")


def translated(files, home, kept):
    """Yield the names and data of an archive's files, with byte code; source that does not compile stays as it is."""
    for name, data in files:
        into, code = beside(name) if kept else f"{name}c", None
        if name.endswith(".py") and ".data/" not in name:  # there lie settings and the like, which none imports
            with contextlib.suppress(SyntaxError):  # for another Python, and nothing imports it here
                code = compiled(data, f"{home}/{name if kept else into}", kept)
        if kept or not code:
            yield name, data
        if code:
            yield into, code


def read(path):
    """Return the names and data of an archive's files."""
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()]


def write(path, files):
    """Write an archive of files, with their names and data; a wheel's RECORD tells what is in it now."""
    lines = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            if name.endswith(".dist-info/RECORD"):  # the last in its wheel
                lines.append(f"{name},,\n")
                data = "".join(lines)
            else:
                lines.append(record(name, data))
            archive.writestr(zipfile.ZipInfo(name, TIME), data, zipfile.ZIP_DEFLATED)


def record(name, data):
    """Return the line of a wheel's RECORD for a file."""
    hashed = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    return f"{name},sha256={hashed},{len(data)}\n"


def translate(source, target, kept):
    """Translate each archive of a folder into another folder."""
    for name in sorted(os.listdir(source)):
        if name.endswith((".whl", ".zip")):
            library = "python312.zip" if name == "python_stdlib.zip" else "python3.12/site-packages"
            files = translated(read(f"{source}/{name}"), f"/lib/{library}", name.startswith(tuple(kept)))
            write(f"{target}/{name}", files)


if __name__ == "__main__":
    translate(sys.argv[1], sys.argv[2], sys.argv[3:])
