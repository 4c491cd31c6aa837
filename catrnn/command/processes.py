"""A program that is run to its end."""

import subprocess


def run(command, **more):
    """Run a command and return its exit code. A Ctrl-C is left to it: it gets one too."""
    with subprocess.Popen(command, **more) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass
