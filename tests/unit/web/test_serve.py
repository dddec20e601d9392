"""The page on loopback: by its token alone."""

import http.client
import threading
from collections.abc import Iterator

import pytest

from freehold.web.serve import PageServer


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer("<!doctype html>hello") as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def _ask(server: PageServer, path: str, host: str = "", method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.request(method, path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    assert answer.getheader("Cache-Control") == "no-store"
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_the_token_opens_it(server: PageServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    path = server.url.partition(server.host)[2]
    assert _ask(server, path) == (200, "<!doctype html>hello")
    assert _ask(server, path, method="HEAD") == (200, "")


def test_nothing_else_does(server: PageServer) -> None:
    path = server.url.partition(server.host)[2]
    for other in ("/", path[:-2] + "/", path + "x", "/../etc/passwd", "/\u00e9".encode().hex()):
        assert _ask(server, other)[0] == 404
    assert _ask(server, path, host="evil.example")[0] == 403
    assert len(server.token) >= 32
