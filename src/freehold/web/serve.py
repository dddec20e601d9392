"""A page on loopback, for whoever knows its token: nobody else, and nothing else."""

import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_LOOPBACK = "127.0.0.1"
_PLAIN = "text/plain; charset=utf-8"


class PageServer(ThreadingHTTPServer):
    """Serves one page under a path that is not to be guessed; `url` is where."""

    daemon_threads = True

    def __init__(self, page: str, port: int = 0) -> None:
        """Listen on loopback; port 0 is any that is free. Raises OSError if it is taken."""
        super().__init__((_LOOPBACK, port), _Handler)
        self.page = page.encode()
        self.token = secrets.token_urlsafe(24)

    @property
    def host(self) -> str:
        """The address that browsers name."""
        return f"{_LOOPBACK}:{self.server_address[1]}"

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{self.host}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    server_version = "freehold"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page, if it is asked for by its address and token."""
        # Another name for loopback would let a page from elsewhere ask in a browser's name.
        if self.headers.get("Host") != self.server.host:
            self._answer(HTTPStatus.FORBIDDEN, b"not here\n", _PLAIN)
            return
        asked = self.path.encode("utf-8", "replace")
        if not secrets.compare_digest(asked, f"/{self.server.token}/".encode()):
            self._answer(HTTPStatus.NOT_FOUND, b"nothing here\n", _PLAIN)
            return
        self._answer(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8")

    do_HEAD = do_GET

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
