"""A learner's server ends by itself when nothing was run, moved or saved for a while, whatever an open page asks of it.

An open JupyterLab asks its server for news all the time, and the Hub takes every question for a sign of life. So this
extension, which learner.py loads, looks at what a person does: cells that run, sliders that move, files that are saved.
"""

import datetime
import time

from tornado.ioloop import PeriodicCallback

IDLE = 1800  # seconds, as in jupyterhub_config.py
LOOK = 60  # seconds from look to look


def last_sign(things, now):
    """When a kernel or a terminal was last used, in seconds; a kernel that works is in use now."""
    if any(thing.get("execution_state") == "busy" for thing in things):
        return now
    return max((seconds(thing["last_activity"]) for thing in things), default=0)


def seconds(moment):
    return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


class Clock:
    """Tells how long ago somebody did something in a server."""

    def __init__(self, app):
        self.app, self.used = app, time.time()
        app.contents_manager.register_post_save_hook(self.saved)

    def saved(self, **_):
        self.used = time.time()

    def idle(self):
        """Return for how many seconds nobody has done anything."""
        now, terminals = time.time(), self.app.web_app.settings.get("terminal_manager")
        things = [*self.app.kernel_manager.list_kernels(), *(terminals.list() if terminals else ())]
        self.used = max(self.used, last_sign(things, now))
        return now - self.used


def _load_jupyter_server_extension(app):
    clock = Clock(app)

    def look():
        if clock.idle() > IDLE:
            app.log.warning("Nobody has run, moved or saved anything for %d minutes: this server ends.", IDLE // 60)
            app.stop()

    app.catrnn_clock = PeriodicCallback(look, 1000 * LOOK)
    app.catrnn_clock.start()


def _jupyter_server_extension_points():
    return [{"module": "catrnn_idle"}]
