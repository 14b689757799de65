"""A real nginx as an ordinary process, with the lines that the README gives."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NGINX = next((p for p in (shutil.which("nginx"), "/usr/sbin/nginx", str(ROOT / ".venv/nginx/usr/sbin/nginx"))
              if p and Path(p).exists()), None)
OPENSSL = shutil.which("openssl")
_MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    {servers}
}}
"""
_SERVER = """
    server {{
        listen 127.0.0.1:{port} {ssl};
        {location}
        location / {{ access_log {folder}/outside.log; return 404; }}
    }}
"""


def location(port: int, prefix_stays: bool = False, more: str = "") -> str:
    """What the README says, for an app on `port`; `more` directives."""
    text = re.search(r"```nginx\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    taken, stays = "proxy_pass http://127.0.0.1:7860/;", "proxy_pass http://127.0.0.1:7860;"
    assert text.count(taken) == 1 and text.rstrip().endswith("}")
    text = text.replace(taken, stays if prefix_stays else taken).replace(":7860", f":{port}")
    return f"{text.rstrip()[:-1]}    {more}\n}}"


@contextlib.contextmanager
def running(folder: Path, servers: Mapping[int, str], https: int) -> Iterator[Path]:
    """nginx on these ports of this machine, a location each; its log of requests outside of that location.

    The server on the port `https` speaks TLS with a certificate of its own making.
    """
    subprocess.run([OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
                   check=True, capture_output=True)
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, servers="".join(
        _SERVER.format(port=port, location=text, folder=folder, ssl="ssl" if port == https else "")
        for port, text in servers.items())))
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"),
                                "-e", str(folder / "error.log")], stdin=subprocess.DEVNULL)
    try:
        for port in servers:
            _wait(port, process, folder / "error.log")
        yield folder / "outside.log"
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(100):
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(f"nginx did not start: {log.read_text()}")


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(count)]
        for place in taken:
            place.bind(("127.0.0.1", 0))
        return [place.getsockname()[1] for place in taken]
