"""A learner's copy of the notebooks: it follows the course, and keeps what the learner wrote."""

import itertools
import os
import pathlib
from dataclasses import dataclass, field

from catrnn.command.files import digest, read_record, said, write, write_record
from catrnn.command.notebooks import content, course_files, find, fresh

STATE = ".course.json"
"""What each file of a working copy was when it was copied."""


@dataclass
class News:
    """What came of following the course: names of files."""

    new: list = field(default_factory=list)     # were not there
    newer: list = field(default_factory=list)   # not changed by the learner: replaced
    kept: list = field(default_factory=list)    # changed by the learner, and overtaken
    untold: list = field(default_factory=list)  # those of them not named before
    gone: list = field(default_factory=list)    # left the course
    troubles: list = field(default_factory=list)  # sentences: what cannot be read or written


class WorkingCopy:
    """The folder in which a learner works, and the notebooks that it follows."""

    def __init__(self, folder, notebooks=None):
        self.folder = pathlib.Path(folder)
        self.notebooks = pathlib.Path(notebooks or find())
        self.state = self.folder / STATE

    def record(self):
        """What each file was when it was copied; without what is damaged."""
        stored = read_record(self.state)
        return {name: old for name, old in stored.items() if isinstance(old, dict)}

    def copy(self, name):
        """Put a file of the course into the folder; return what the record shall say of it."""
        path = self.notebooks / name
        write(self.folder / name, fresh(path))
        return {"content": content(path), "file": digest(path)}

    def is_inside(self, name):
        """Whether a name of the record leads into the folder, not elsewhere by dots or a link."""
        place = self.folder / name
        return (place.resolve().parent == place.parent.resolve()
                and self.folder.resolve() in place.resolve().parents)

    def is_untouched(self, name, old):
        """Whether a file is as it was copied, or as the course has it now."""
        return content(self.folder / name) in (old.get("content"), content(self.notebooks / name))

    def follow(self, name, path, old, news):
        """Let a file follow the course unless the learner has changed it; return its record."""
        mine = self.folder / name
        if not os.path.lexists(mine):
            news.new.append(name)
            return self.copy(name)
        now = content(path)
        if self.is_untouched(name, old):
            current = old.get("file") == digest(path)
            # from when copies came with outputs
            as_stored = mine.read_bytes() == path.read_bytes() != fresh(path)
            if current and not as_stored:
                return old
            if content(mine) != now:
                news.newer.append(name)
            return self.copy(name)
        if name.endswith(".ipynb") and now != old.get("content"):
            news.kept.append(name)
            if old.get("told") != now:
                news.untold.append(name)
            return {**old, "told": now}
        return old

    def refresh(self):
        """Let what the learner has not changed follow the course; return the `News`.

        A file that cannot be read or written stays as it is, and is named.
        """
        stored, before, now, news = read_record(self.state), self.record(), {}, News()
        for name, path in course_files(self.notebooks).items():
            try:
                now[name] = self.follow(name, path, before.get(name, {}), news)
            except OSError as error:
                now[name] = before.get(name, {})
                news.troubles.append(said(error))
        try:
            for name in before.keys() - now.keys():
                self.leave(name, before[name], news)
            if now != stored:
                write_record(self.state, now)
        except OSError as error:
            news.troubles.append(said(error))
        return news

    def leave(self, name, old, news):
        """Remove a file that left the course, unless the learner has changed it."""
        mine = self.folder / name
        if self.is_inside(name) and mine.is_file() and content(mine) == old.get("content"):
            mine.unlink()
            news.gone.append(name)

    def reset(self, name):
        """Put a fresh notebook in the place of the learner's; return the name of what was saved.

        It is "" if there was nothing of the learner's to save.
        """
        mine, record, saved = self.folder / name, self.record(), ""
        if os.path.lexists(mine) and not (mine.is_file()
                                          and self.is_untouched(name, record.get(name, {}))):
            names = (f"{name[:-6]}.saved-{n}.ipynb" for n in itertools.count(1))
            saved = next(new for new in names if not os.path.lexists(self.folder / new))
            mine.rename(self.folder / saved)
        write_record(self.state, {**record, name: self.copy(name)})
        return saved
