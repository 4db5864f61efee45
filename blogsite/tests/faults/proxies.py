"""Caddy and nginx with the very files of docs/deploy, at other ports and with another certificate."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from blogsite.outgoing.tests.mailserver import free_port
from blogsite.tests.faults.site import START_SECONDS, Site, wait_for
from blogsite.tls.authority import certificate_for

HOST = "blog.example.org"
FILES = settings.BASE_DIR / "docs" / "deploy"
NGINX_AROUND = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
	access_log off;
	client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
	fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
	{inside}
}}
"""
CADDY_AROUND = """
{{
	admin off
	http_port {http}
	https_port {https}
	storage file_system {folder}/caddy
	skip_install_trust
	local_certs
}}
{inside}
"""


class SiteBehind(Site):
    """Asked directly, and not as a proxy would, each of its pages is a redirect to https."""

    def wait_until_up(self) -> None:
        wait_for(lambda: self.status_of("/") == 301, "an answer", patience=START_SECONDS)


class Proxy:
    """A proxy in front of `site`; stop it at the end."""

    def __init__(self, kind: str, site: Site, folder: Path):
        if not shutil.which(kind):
            pytest.skip(f"Install {kind} for these: apt-get install {kind}")
        self.folder = folder
        self.http_port, self.https_port = free_port(), free_port()
        pair = certificate_for(HOST, folder / "tls")
        self.authority = folder / "tls" / "authority.pem"
        command = self.nginx(site, pair) if kind == "nginx" else self.caddy(site, pair)
        environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        with (folder / "proxy.log").open("w") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        wait_for(self.listens, "the proxy")

    def nginx(self, site, pair):
        inside = self.adapted("nginx.conf", site)
        inside = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(pair.certificate), inside)
        inside = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(pair.key), inside)
        for port, own in [(80, self.http_port), (443, self.https_port)]:
            inside = re.sub(rf"listen \[::\]:{port}.*;\n", "", inside)
            inside = inside.replace(f"listen {port}", f"listen 127.0.0.1:{own}")
        path = self.folder / "nginx.conf"
        path.write_text(NGINX_AROUND.format(folder=self.folder, inside=inside))
        return ["nginx", "-p", str(self.folder), "-c", str(path), "-e", str(self.folder / "e.log")]

    def caddy(self, site, pair):
        inside = self.adapted("Caddyfile", site)
        inside = inside.replace(
            f"{HOST} {{\n", f"{HOST} {{\n\ttls {pair.certificate} {pair.key}\n", 1
        )
        path = self.folder / "Caddyfile"
        path.write_text(
            CADDY_AROUND.format(
                folder=self.folder, http=self.http_port, https=self.https_port, inside=inside
            )
        )
        return ["caddy", "run", "--config", str(path), "--adapter", "caddyfile"]

    def adapted(self, name, site):
        return (FILES / name).read_text().replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.https_port)) == 0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    # --- As a visitor sees it -------------------------------------------------------

    def connect(self) -> ssl.SSLSocket:
        """A connection by TLS, for whatever bytes one likes."""
        context = ssl.create_default_context(cafile=str(self.authority))
        raw = socket.create_connection(("127.0.0.1", self.https_port), timeout=60)
        return context.wrap_socket(raw, server_hostname=HOST)

    def ask(self, method: str, path: str, body=None, **headers):
        """Status, headers and text of one answer by HTTPS."""
        connection = http.client.HTTPSConnection(HOST, timeout=60)
        connection.sock = self.connect()
        with closing(connection):
            connection.request(method, path, body, {"Host": HOST} | headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()

    def ask_plainly(self, path: str, host: str = HOST):
        """Status and headers of an answer by plain HTTP."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=60)
        with closing(connection):
            connection.request("GET", path, headers={"Host": host})
            response = connection.getresponse()
            return response.status, response.headers
