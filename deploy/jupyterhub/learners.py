"""Make accounts for a class, as root: python learners.py NUMBER [PREFIX], or remove them: python learners.py --remove

Prints one line for each: a made-up name and a password, to be cut into slips of paper. It asks for nobody's name, and
only the paper knows who is who. Every account has a home of its own that no other account can open.
"""

import grp
import pwd
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


def add(number, prefix="cat"):
    """Make accounts PREFIX01, PREFIX02, ... that do not exist yet; return a dictionary of names and passwords."""
    if not exists(grp.getgrnam, GROUP):
        subprocess.run(["groupadd", GROUP], check=True)
    names = [f"{prefix}{n:02}" for n in range(1, number + 1)]
    made = {name: password() for name in names if not exists(pwd.getpwnam, name)}
    for name in made:
        subprocess.run(["useradd", "--create-home", "--key", "HOME_MODE=0700", "--user-group", "--groups", GROUP,
                        "--shell", "/usr/sbin/nologin", name], check=True)
    sheet = "".join(f"{name}:{word}\n" for name, word in made.items())
    subprocess.run(["chpasswd"], input=sheet, text=True, check=True)
    return made


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
    elif words and words[0].isdigit():
        for name, word in add(int(words[0]), *words[1:2]).items():
            print(f"{name}  {word}")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
