"""Write the locks anew, for every platform: python3 tools/lock.py [--upgrade]

Without --upgrade the versions that still fit pyproject.toml stay. Needs uv on the PATH (pip install uv).
"""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMPILE = [
    "uv", "--no-config", "pip", "compile", "--quiet", "--universal", "--python-version=3.11",
    "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
    "--custom-compile-command=python3 tools/lock.py",
]


def lock(name, *more):
    print(f"Writing {name} ...", flush=True)
    subprocess.run([*COMPILE, f"--output-file={name}", *more, *sys.argv[1:]], cwd=ROOT, check=True)


if __name__ == "__main__":
    course = ["pyproject.toml", "--extra=lab", "--group=locked"]
    lock("locks/course.lock", *course)
    lock("locks/dev.lock", *course, "--group=hub", "--group=dev", "--constraint=locks/course.lock")
    lock("locks/hub.lock", *course, "--group=hub", "--constraint=locks/dev.lock")
    lock("locks/site.lock", "--group=locked", "--group=site")
