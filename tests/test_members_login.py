"""The FAQ's example for nginx lets nobody in without a login, whatever path they ask for."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oftasked import knowledge
from oftasked.headers import files
from oftasked.model import Access
from support import AS_OF, write

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
BLOCK = re.compile(r"^```nginx\n(.*?)^```", re.MULTILINE | re.DOTALL)
KEPT = "Quetzal"
COOKIE = "Cookie: _oauth2_proxy=valid\r\n"

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


class Gate(http.server.BaseHTTPRequestHandler):
    """Answers as oauth2-proxy does: 202 with a session, 401 without, a page to sign in."""

    def do_GET(self) -> None:
        is_asked = self.path == "/oauth2/auth"
        known = "_oauth2_proxy=valid" in (self.headers.get("Cookie") or "")
        self.send_response(200 if not is_asked else 202 if known else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_GET  # noqa: N815 - named by the standard library

    def log_message(self, *said: object) -> None:
        """Say nothing."""


def example() -> str:
    reading = knowledge.read(ROOT / "faq", languages=("en", "zh"), as_of=AS_OF)
    assert reading.knowledge is not None
    [entry] = [each for each in reading.knowledge.entries if each.id == "members-login"]
    english, chinese = (BLOCK.findall(entry.wording(lang).answer) for lang in ("en", "zh"))
    assert english == chinese
    return str(english[0])


def configuration(folder: Path, port: int, gate: int) -> str:
    """Return the example as it is, for this machine: no certificate, other folders and ports."""
    server = re.sub(r"^\s*ssl_.*\n", "", example(), flags=re.MULTILINE)
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    server = server.replace("/var/www/members", str(folder / "site"))
    server = server.replace("127.0.0.1:4180", f"127.0.0.1:{gate}")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{server}}}\n"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("nginx")
    pages = ("index.html", "q/club-door/index.html", "faq.json", "assets/search/manifest.json")
    headers = files({}, tier=Access.MEMBERS)
    write(folder / "site", dict.fromkeys(pages, KEPT) | {"404.html": f"not here {KEPT}"})
    write(folder / "site", {path: content.decode() for path, content in headers.items()})
    gate = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    threading.Thread(target=gate.serve_forever, daemon=True).start()
    served = free_port()
    (folder / "nginx.conf").write_text(configuration(folder, served, gate.server_port))
    assert NGINX is not None
    running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        wait_for(served, running, folder)
        yield served
    finally:
        running.terminate()
        running.wait()
        gate.shutdown()
        gate.server_close()


def wait_for(port: int, running: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        assert running.poll() is None, (folder / "error.log").read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


def answer(port: int, line: str, headers: str = "") -> tuple[int, str]:
    """Send a request line as it is; return the status and all that came."""
    host = "" if line.endswith("HTTP/1.0") else "Host: members.example.com\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        request = f"{line}\r\n{host}{headers}Connection: close\r\n\r\n"
        connection.sendall(request.encode("latin-1"))
        came = b""
        while part := connection.recv(65536):
            came += part
    text = came.decode("utf-8", "replace")
    status = re.match(r"HTTP/1\.[01] (\d+)", text)
    return int(status[1]) if status else 0, text


TARGETS = r"""
/ /index.html /q/club-door/ /q/club-door /q/club-door/index.html /faq.json
/assets/search/manifest.json /404.html /nothing /_headers.nginx.conf //q/club-door/
/./q/club-door/ /x/../q/club-door/ /%71/club-door/ /q%2fclub-door/ /oauth2/../faq.json
/oauth2/..%2ffaq.json /oauth2/%2e%2e/faq.json /oauth2//../faq.json /oauth2/auth
/oauth2/auth/../../faq.json /oauth2%2f../faq.json /OAUTH2/../faq.json /faq.json?x=/oauth2/
/faq.json#/oauth2/ /faq.json;/oauth2/ /faq.json/ /faq.json%00 /faq.json%20 /@sign_in
/\..\faq.json /..%5cfaq.json http://members.example.com/faq.json
http://elsewhere.example/oauth2/../faq.json /oauth2/;/../../faq.json *
""".split()
METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PROPFIND", "get"]


@pytest.mark.parametrize("target", TARGETS)
def test_no_path_leads_in_without_a_login(port: int, target: str) -> None:
    for line in (f"GET {target} HTTP/1.1", f"GET {target} HTTP/1.0"):
        status, text = answer(port, line)
        assert KEPT not in text
        is_at_the_gate = (
            target.startswith("/oauth2/") and ".." not in target and "%2e" not in target
        )
        assert status != 200 or is_at_the_gate or "oauth2" in target, text


@pytest.mark.parametrize("method", METHODS)
def test_no_method_leads_in_without_a_login(port: int, method: str) -> None:
    status, text = answer(port, f"{method} /faq.json HTTP/1.1")
    assert KEPT not in text
    assert status in {302, 400, 401, 403, 405}


@pytest.mark.parametrize(
    "header",
    [
        "Range: bytes=0-3",
        "If-None-Match: *",
        "X-Original-URI: /oauth2/",
        "X-Rewrite-URL: /oauth2/",
        "X-Forwarded-User: root",
        "Authorization: Basic cm9vdDpyb290",
        "Cookie: _oauth2_proxy=other",
        "Upgrade: websocket",
        "X-HTTP-Method-Override: GET",
        "Host: localhost",
    ],
)
def test_no_header_leads_in_without_a_login(port: int, header: str) -> None:
    status, text = answer(port, "GET /faq.json HTTP/1.1", f"{header}\r\n")
    assert KEPT not in text
    assert status in {302, 400, 401, 403}


def test_who_is_not_signed_in_is_led_there_and_back(port: int) -> None:
    status, text = answer(port, "GET /q/club-door/ HTTP/1.1")
    assert status == 302
    assert "/oauth2/sign_in?rd=/q/club-door/" in text


@pytest.mark.parametrize("path", ["/", "/q/club-door/", "/faq.json"])
def test_members_get_every_page_and_no_cache_keeps_it(port: int, path: str) -> None:
    status, text = answer(port, f"GET {path} HTTP/1.1", COOKIE)
    assert status == 200
    assert KEPT in text
    assert "Cache-Control: private, no-cache" in text
    assert "Content-Security-Policy: " in text


def test_members_get_the_sites_own_error_page(port: int) -> None:
    status, text = answer(port, "GET /nothing HTTP/1.1", COOKIE)
    assert status == 404
    assert "not here" in text
