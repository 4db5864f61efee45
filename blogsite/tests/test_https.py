"""The production server by https, as a program."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager, nullcontext

import pytest
from django.conf import settings

from blogsite.outgoing.tests.mailserver import free_port
from blogsite.tests.faults.site import wait_for
from blogsite.tls.authority import certificate_for

MANAGE = [sys.executable, "manage.py"]
HOST = "blog.example.org"
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("https") / "var"
    (folder / "static").mkdir(parents=True)
    for command in [["migrate"], ["collectstatic", "--no-input"]]:
        subprocess.run(
            [*MANAGE, *command, "--verbosity=0"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"VAR_DIR": str(folder)},
            check=True,
        )
    return folder


class Served:
    """A site that runs; what it said when it began is in `said`."""

    def __init__(self, process, port, http_port, said):
        self.process, self.port, self.http_port, self.said = process, port, http_port, said

    def connect(self, authority, host="localhost"):
        context = ssl.create_default_context(cafile=authority)
        context.set_alpn_protocols(["http/1.1"])
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        return context.wrap_socket(raw, server_hostname=host)

    def ask(self, authority, path="/robots.txt", host="localhost"):
        """Status and headers of an answer."""
        connection = http.client.HTTPConnection("localhost", self.port)
        connection.sock = self.connect(authority, host)
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, response.headers


@contextmanager
def served(var_dir, *options, site_url="", lines=3):
    port, http_port = free_port(), free_port()
    environment = os.environ | {"VAR_DIR": str(var_dir), "PORT": str(port)}
    environment.pop("SITE_URL")
    if site_url:
        environment["SITE_URL"] = site_url
    process = subprocess.Popen(
        [*MANAGE, "serve", "--https", "--no-worker", *options, f"--http-port={http_port}"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said = [process.stdout.readline() for _ in range(lines)]
        yield Served(process, port, http_port, said)
    finally:
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=PATIENCE)
        assert errors == ""


@pytest.fixture(scope="module")
def local(var_dir):
    with served(var_dir) as site:
        yield site


@pytest.fixture(scope="module")
def authority(local, var_dir):
    return var_dir / "tls" / "authority.pem"


def test_https_says_where_it_is_and_whom_to_trust(local, authority):
    assert local.said[0] == f"Serving https://localhost:{local.port}/\n"
    assert local.said[2].startswith(f"{authority} ")


def test_https_is_believed_and_sets_no_hsts_on_this_machine(local, authority):
    status, headers = local.ask(authority)

    assert status == 200
    assert "Strict-Transport-Security" not in headers


def test_https_binds_cookies_to_it(local, authority):
    _status, headers = local.ask(authority, "/account/login/")

    cookies = headers.get_all("Set-Cookie")
    assert cookies
    assert all(each.startswith("__Host-") and "; Secure" in each for each in cookies)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_https_refuses_old_versions(local, version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version

    with (
        socket.create_connection(("127.0.0.1", local.port)) as raw,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(raw)


@pytest.mark.parametrize(
    ("suites", "is_spoken"),
    [
        ("ECDHE+AESGCM", True),
        ("ECDHE+CHACHA20", True),
        ("ALL:COMPLEMENTOFALL:!AESGCM:!CHACHA20:@SECLEVEL=0", False),
        ("ALL:COMPLEMENTOFALL:!ECDHE:@SECLEVEL=0", False),
    ],
)
def test_https_has_strong_suites_alone(local, suites, is_spoken):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(suites)

    with (
        socket.create_connection(("127.0.0.1", local.port)) as raw,
        nullcontext() if is_spoken else pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(raw).close()


def test_https_speaks_http2(local, authority):
    if not shutil.which("curl"):
        pytest.skip("Install curl for this: apt-get install curl")
    command = ["curl", "--silent", "--http2", "--cacert", str(authority), "-o", "/dev/null"]
    command += ["-w", "%{http_version} %{http_code} "]

    address = f"https://localhost:{local.port}/robots.txt"
    get = subprocess.check_output([*command, address], text=True)
    head = subprocess.check_output([*command, "--head", address], text=True)

    assert get + head == "2 200 2 200 "


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("GET", "/tags/?page=2", "localhost", 301),
        ("HEAD", "/", "127.0.0.1:80", 301),
        ("POST", "/account/login/", "localhost", 308),
        ("GET", "/", "evil.example", 400),
        ("GET", "//evil.example/", "localhost", 301),
        ("GET", "http://evil.example/", "localhost", 400),
    ],
)
def test_plain_http_leads_to_the_same_page_by_https(local, method, path, host, status):
    connection = http.client.HTTPConnection("127.0.0.1", local.http_port, timeout=PATIENCE)

    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()

    there = f"https://localhost:{local.port}{path}" if status < 400 else None
    assert (response.status, response.headers["Location"]) == (status, there)


def test_certificate_of_ones_own_is_served_with_hsts_and_renewed_at_sighup(var_dir, tmp_path):
    pair = certificate_for(HOST, tmp_path / "tls")
    authority = tmp_path / "tls" / "authority.pem"
    options = [f"--cert={pair.certificate}", f"--key={pair.key}"]
    with served(var_dir, *options, site_url=f"https://{HOST}", lines=1) as site:
        status, headers = site.ask(authority, host=HOST)
        assert status == 200
        assert headers["Strict-Transport-Security"].startswith("max-age=63072000")

        for path in [*pair, authority, tmp_path / "tls" / "authority.key"]:
            path.unlink()
        certificate_for(HOST, tmp_path / "tls")
        site.process.send_signal(signal.SIGHUP)

        assert wait_for(lambda: is_believed(site, authority), "the new certificate")


def is_believed(site, authority):
    try:
        return site.ask(authority, host=HOST)[0] == 200
    except ssl.SSLError:
        return False
