"""What a kept page is compared with: nginx with a file, and a bare application on our server."""

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from blogsite.bench import programs
from blogsite.bench.asking import Answer

NGINX = """\
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    gzip_static on;
    etag on;
    keepalive_requests 100000000;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    open_file_cache max=100;
    server {{ listen 127.0.0.1:{port}; root {folder}/root; }}
}}
"""
FILE = "page.html"


class Rival(NamedTuple):
    url: str
    pid: int  # of its first process


@contextmanager
def nginx(folder: Path, page: bytes) -> Iterator[Rival]:
    """A file with `page` in it; beside it lies the same, packed by gzip."""
    port, root = programs.free_port(), folder / "root"
    root.mkdir()
    (root / FILE).write_bytes(page)
    (root / f"{FILE}.gz").write_bytes(gzip.compress(page, 9))
    # Started by root, nginx reads files as another user.
    for each in [folder, root]:
        each.chmod(0o755)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    own = ["-c", str(folder / "nginx.conf"), "-e", "stderr", "-p", str(folder)]
    with programs.started([programs.find("nginx"), *own], port) as process:
        yield Rival(f"http://127.0.0.1:{port}/{FILE}", process.pid)


@contextmanager
def bare(folder: Path, answer: Answer, with_headers: bool) -> Iterator[Rival]:
    """A bare application that returns the bytes of `answer`, headers too if asked."""
    port = programs.free_port()
    (folder / "bare.html").write_bytes(answer.body)
    (folder / "bare.json").write_text(json.dumps(own_headers(answer)))
    command = [sys.executable, "-m", "blogsite.bench.bare", str(port), str(folder / "bare.html")]
    if with_headers:
        command.append(str(folder / "bare.json"))
    with programs.started(command, port) as process:
        yield Rival(f"http://127.0.0.1:{port}/", process.pid)


def own_headers(answer: Answer) -> list[tuple[str, str]]:
    """Those that the application sends; the server adds the others itself."""
    added = {"server", "date", "connection"}
    return [(name, value) for name, value in answer.headers.items() if name not in added]
