"""The site behind Caddy and nginx, set up as docs/deploy says."""

import shutil
import subprocess
from urllib.parse import urlencode

import pytest

from blogsite.tests.faults.furniture import SLUG
from blogsite.tests.faults.proxies import HOST, Proxy, SiteBehind
from comments.tests.writing import fields

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def behind(furnished, tmp_path_factory) -> SiteBehind:
    """The site that both proxies stand before."""
    site = SiteBehind(
        tmp_path_factory.mktemp("behind") / "site",
        SITE_URL=f"https://{HOST}",
        TRUSTED_PROXIES="127.0.0.1",
        EMAIL_URL="dummymail://",
    )
    site.copy_of(furnished)
    site.start()
    yield site
    site.kill()


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def proxy(request, behind, tmp_path_factory) -> Proxy:
    proxy = Proxy(request.param, behind, tmp_path_factory.mktemp(request.param))
    yield proxy
    proxy.stop()


def test_page_comes_by_https_with_hsts(proxy):
    status, headers, text = proxy.ask("GET", f"/post/{SLUG}/")

    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert f"https://{HOST}/post/{SLUG}/" in text


def test_static_file_comes_with_a_long_life(proxy):
    _status, _headers, page = proxy.ask("GET", "/")
    path = page.split('rel="stylesheet" href="')[1].split('"')[0]

    status, headers, _text = proxy.ask("GET", path)

    assert status == 200
    assert "immutable" in headers["Cache-Control"]


def test_plain_http_is_redirected(proxy):
    status, headers = proxy.ask_plainly("/tags/?page=2")

    assert status in {301, 308}
    assert headers["Location"] == f"https://{HOST}/tags/?page=2"


def test_host_of_somebody_else_gets_nothing_of_the_site(proxy):
    status, _headers, text = proxy.ask("GET", "/", Host="evil.example")

    assert (status, "Under fire" in text) in {(400, False), (421, False), (200, False)}


@pytest.mark.parametrize(
    "claim",
    [
        {"X-Forwarded-For": "6.6.6.6"},
        {"X-Forwarded-For": "6.6.6.6, 7.7.7.7"},
        {"X_Forwarded_For": "6.6.6.6"},
        {"Forwarded": "for=6.6.6.6"},
        {"X-Real-IP": "6.6.6.6"},
    ],
)
def test_visitor_cannot_choose_an_address(proxy, behind, claim):
    """The site remembers which address each comment came from, and all come from here."""
    form = urlencode(fields())
    own = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    behind.rows("DELETE FROM comments_comment")

    for headers in [own, own | claim]:
        status, _headers, _text = proxy.ask("POST", f"/post/{SLUG}/comments/", form, **headers)
        assert status == 303

    keys = behind.rows("SELECT DISTINCT address_key FROM comments_comment")
    assert len(keys) == 1


def test_visitor_cannot_claim_to_come_by_https(behind):
    """Past the proxy, from an address that is none of a proxy's, the claim is worth nothing."""
    status, headers, _text = behind.ask("GET", "/", headers={"Host": HOST})
    assert (status, headers["Location"]) == (301, f"https://{HOST}/")

    honest = {"Host": HOST, "X-Forwarded-Proto": "https"}
    assert behind.ask("GET", "/", headers=honest)[0] == 200  # 127.0.0.1 is the proxy's


def test_upload_over_the_limit_is_refused(proxy, tmp_path):
    upload = tmp_path / "upload"
    upload.write_bytes(b"a" * (25 * 2**20))

    answer = by_curl(proxy, "/comments/preview/", "--data-binary", f"@{upload}")

    assert answer == "2 413"


def test_form_sent_in_chunks_arrives(proxy):
    form = iter([b"body=Hello", b"+there"])
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}

    status, _headers, text = proxy.ask("POST", "/comments/preview/", form, **kind)

    assert status == 200
    assert "Hello there" in text


def test_page_comes_by_http2(proxy):
    assert by_curl(proxy, "/") == "2 200"


def by_curl(proxy, path, *options) -> str:
    """Version of HTTP and status of the answer to somebody who can speak HTTP/2."""
    if not shutil.which("curl"):
        pytest.skip("Install curl for this: apt-get install curl")
    command = ["curl", "--silent", "--http2", "--cacert", str(proxy.authority), "-o", "/dev/null"]
    command += ["--resolve", f"{HOST}:{proxy.https_port}:127.0.0.1"]
    command += ["-w", "%{http_version} %{http_code}", *options]
    done = subprocess.run(
        [*command, f"https://{HOST}:{proxy.https_port}{path}"], capture_output=True, text=True
    )
    return done.stdout
