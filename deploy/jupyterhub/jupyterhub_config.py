"""JupyterHub for a class on one machine: every learner is a user of the system, whose home nobody else can open.

Started as root, by deploy/jupyterhub/README.md. What a Hub of your own needs otherwise goes into a file beside this one
that begins with: load_subconfig("/opt/catrnn/deploy/jupyterhub/jupyterhub_config.py")
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
STATE = pathlib.Path("/srv/catrnn-hub")  # the Hub's own records; root alone can read them
GROUP = "catrnn-learners"  # as in learners.py
IDLE = 1800  # seconds; then a server that nobody uses ends: by catrnn_idle.py, or with no open page, by the Hub

c = get_config()  # noqa: F821 - JupyterHub brings it

# Behind a web server that speaks https. From other machines nothing else is to be reached.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = [str(HERE / "node_modules/.bin/configurable-http-proxy")]
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.cookie_max_age_days = 1  # on a computer of a classroom the next learner is another one
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

# Who may come in: the accounts that learners.py made, with their passwords.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {GROUP}
c.PAMAuthenticator.open_sessions = False

# Each server, and each kernel, runs as the learner's own user.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [sys.executable, str(HERE / "learner.py")]
c.Spawner.default_url = "/lab/tree/00_start_here.ipynb"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120

c.JupyterHub.services = [{
    "name": "idle-culler",
    "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}"],
}]
c.JupyterHub.load_roles = [{
    "name": "idle-culler",
    "services": ["idle-culler"],
    "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
}]
