"""Files that are whole or not there, records that may be damaged, a lock for one at a time."""

import contextlib
import hashlib
import json
import os
import time


def digest(path):
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(path, data):
    """Write all of it or nothing, even when the computer stops half-way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # a link there would lead elsewhere
    try:
        with open(new, "xb") as file:
            file.write(data)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def write_record(path, record):
    """Write a dictionary as JSON."""
    write(path, json.dumps(record, indent=1).encode())


def read_record(path):
    """The dictionary in a JSON file; an empty one when the file is missing or damaged."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def said(error, file="a file"):
    """What an OSError says, in words for a sentence; `file`: which, if the error does not say."""
    return f"{error.filename or file}: {error.strerror or error}"


def hold(file, wait):
    """Lock a file until it is closed or this process ends.

    BlockingIOError if another holds it and we do not wait.
    """
    if os.name == "nt":
        import msvcrt
        while True:
            try:
                return msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    raise BlockingIOError from None
            time.sleep(0.5)
    import fcntl
    return fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextlib.contextmanager
def alone(path):
    """Let no two starts do their work in one place at the same time: `path` is locked meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "ab") as file:
        try:
            hold(file, wait=False)
        except BlockingIOError:
            print("Another start of the course is at work here. Waiting until it is done ...",
                  flush=True)
            hold(file, wait=True)
        except OSError:
            pass  # this disk knows no locks
        yield
