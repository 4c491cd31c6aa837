"""Make accounts for a class, as root: python learners.py NUMBER [PREFIX], or remove them: python learners.py --remove

Prints one line for each: a made-up name and a password, to be cut into slips of paper. It asks for nobody's name, and
only the paper knows who is who. Every account has a home of its own that no other account can open.
"""

import grp
import pwd
import re
import secrets
import subprocess
import sys

GROUP = "catrnn-learners"
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another on paper
LENGTH = 10  # letters of a password: 50 bits


def password():
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def exists(look_up, name):
    try:
        look_up(name)
    except KeyError:
        return False
    return True


def has_password(name):
    """Whether an account has a password: of one that was made and not finished, none was ever set."""
    told = subprocess.run(["getent", "shadow", name], capture_output=True, text=True, check=True).stdout
    return not told.split(":")[1].startswith(("!", "*"))


def making(number, prefix="cat"):
    """Make accounts PREFIX01, PREFIX02, ... that do not exist yet; bring each name and password when it is set.

    If it fails half-way, run it again: accounts of the group that have no password yet get theirs then.
    """
    if not exists(grp.getgrnam, GROUP):
        subprocess.run(["groupadd", GROUP], check=True)
    for name in (f"{prefix}{n:02}" for n in range(1, number + 1)):
        if not exists(pwd.getpwnam, name):
            subprocess.run(["useradd", "--create-home", "--key", "HOME_MODE=0700", "--user-group", "--groups", GROUP,
                            "--shell", "/usr/sbin/nologin", name], check=True)
        elif name not in members() or has_password(name):
            continue
        word = password()
        subprocess.run(["chpasswd"], input=f"{name}:{word}\n", text=True, check=True)
        yield name, word


def add(number, prefix="cat"):
    """Make accounts and return a dictionary of the new names and passwords."""
    return dict(making(number, prefix))


def members():
    """Return the names of the group's accounts."""
    return grp.getgrnam(GROUP).gr_mem if exists(grp.getgrnam, GROUP) else []


def remove():
    """Remove every account of the group, with its home; return their names."""
    names = members()
    for name in names:
        subprocess.run(["userdel", "--remove", name], check=True, stderr=subprocess.DEVNULL)
    return names


def main(words):
    if words == ["--remove"]:
        print("Removed:", *remove() or ["none"])
    elif re.fullmatch(r"[0-9]{1,4}( [a-z][a-z0-9]{0,20})?", " ".join(words)):
        for name, word in making(int(words[0]), *words[1:]):
            print(f"{name}  {word}", flush=True)  # at once: what was set must not be lost if the next one fails
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
