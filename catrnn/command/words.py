"""What the words reset, update and copy do, and what they tell."""

import os
import pathlib
import sys

from catrnn.command.caller import here
from catrnn.command.caller import name as command
from catrnn.command.files import alone
from catrnn.command.notebooks import course_files, find, fresh, number
from catrnn.command.working_copy import STATE, WorkingCopy

MINE = "my_notebooks"
LOCK = ".course.lock"


def place():
    """The folder to work in: my_notebooks here, or here if this is a working copy itself."""
    return here() if (here() / STATE).is_file() else here() / MINE


def follow():
    """Bring the working copy up to date; return its folder and the `News`."""
    folder = place()
    with alone(folder / LOCK):
        news = WorkingCopy(folder).refresh()
    if news.troubles:
        more = f", and {len(news.troubles) - 1} more" if len(news.troubles) > 1 else ""
        print(f"Left as it is, because it cannot be read or written: {news.troubles[0]}{more}")
    return folder, news


def tell_kept(folder, names):
    """Say which notebooks were kept though the course has newer ones, and how to get these."""
    for name in names:
        print(f"Kept as you changed it: {folder.name}/{name}. The course has a newer one; "
              f"to get it:\n  {command()} reset {number(name)}")


def update(words):
    """Let the working copy follow the course, and say what is new and what was kept."""
    if words:
        sys.exit(f"Nothing follows the word update: {command()} update")
    folder, news = follow()
    for label, names in (("New", news.new), ("Newer", news.newer),
                         ("No longer in the course", news.gone)):
        for name in names:
            print(f"{label}: {folder.name}/{name}")
    tell_kept(folder, news.kept)
    if not (news.new or news.newer or news.gone or news.kept or news.troubles):
        print(f"{folder.name} is as the course has it: nothing is new.")
    return 0


def reset(words):
    """Put a fresh notebook into the working copy; what the learner wrote is saved beside it."""
    wanted = " ".join(words)
    notebooks = {number(name): name for name in course_files(find()) if name.endswith(".ipynb")}
    name = notebooks.get(number(wanted), notebooks.get("0" + wanted))
    if not name:
        sys.exit(f"Which notebook? Say: {command()} reset NUMBER, "
                 f"with a NUMBER of {', '.join(notebooks)}.")
    folder = place()
    with alone(folder / LOCK):
        was_there = os.path.lexists(folder / name)
        saved = WorkingCopy(folder).reset(name)
    if saved:
        print(f"Your old one is now {folder.name}/{saved}")
    elif was_there:
        print("Yours held nothing but the course's own words, so nothing was saved.")
    print(f"Fresh: {folder.name}/{name} "
          "(if it is open in JupyterLab: File > Reload Notebook from Disk)")
    return 0


def copy(words):
    """Write the notebooks alone, without outputs, into a folder that is new or empty."""
    if len(words) != 1 or words[0].startswith("-"):
        sys.exit(f"Into which folder? Say: {command()} copy FOLDER")
    folder = pathlib.Path(words[0])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        sys.exit(f"{folder} is there already, so it is left alone. "
                 "Name a folder that is new or empty.")
    files = course_files(find())
    for name, path in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(fresh(path))
    print(f"{len(files)} files are in {folder}.")
    return 0
