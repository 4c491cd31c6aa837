"""Web servers on loopback: one that serves a folder, and a wall."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Files(SimpleHTTPRequestHandler):
    """A static host like any other, but silent."""

    def log_message(self, *_):
        pass


class Wall(BaseHTTPRequestHandler):
    """A proxy that lets nothing through and writes down what was asked for."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_error(502)

    do_CONNECT = do_POST = do_HEAD = do_GET

    def log_message(self, *_):
        pass


@contextmanager
def served(handler):
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.asked = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def address(server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"
