"""Starts a kernel for code that somebody handed in: with less memory, smaller files, no network.

A program of its own, started by its path: it loads nothing of the course. Its words are the
megabytes, "cut" where the network shall be cut off, and the kernel's own words. With "probe" for
megabytes it tells by its exit code whether the network can be cut off.
"""

import ctypes
import os
import runpy
import sys

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
"""What Linux calls CLONE_NEWUSER and CLONE_NEWNET."""

FILE = 100 * 2**20
"""Bytes of the largest file that may be written."""


def cut_network() -> bool:
    """Put this process into a network of its own that leads nowhere; return whether that worked."""
    if not sys.platform.startswith("linux"):
        return False
    user, group = os.getuid(), os.getgid()
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(NEW_USER | NEW_NETWORK):
        return unshare(NEW_NETWORK) == 0  # the administrator needs no names of their own
    for name, words in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"),
                        ("gid_map", f"{group} {group} 1")):
        try:
            with open(f"/proc/self/{name}", "w") as file:
                file.write(words)
        except OSError:
            pass  # then files seem to belong to nobody; the network is cut off all the same
    return True


def limit(megabytes: int) -> None:
    """Let this process hold no more memory than that, and write no large file."""
    import resource
    for kind, most in ((resource.RLIMIT_DATA, megabytes * 2**20), (resource.RLIMIT_FSIZE, FILE),
                       (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def main(words: list) -> None:
    if words[0] == "probe":
        sys.exit(not cut_network())
    megabytes, network, *rest = words
    if os.name == "posix":
        limit(int(megabytes))
    if network == "cut" and not cut_network():
        sys.exit("The network cannot be cut off.")
    del sys.path[0]  # this folder
    sys.argv = ["ipykernel_launcher", *rest]
    runpy.run_module("ipykernel_launcher", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
