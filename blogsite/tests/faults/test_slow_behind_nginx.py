"""Slow visitors of nginx, set up as docs/deploy says, beside one who is in no hurry to attack."""

import time
from contextlib import suppress

import pytest

from blogsite.tests.faults.furniture import SLUG
from blogsite.tests.faults.proxies import HOST, Proxy, SiteBehind
from blogsite.tests.faults.test_slow_visitors import (
    ATTACK_SECONDS,
    LARGE,
    PAUSE,
    REQUESTS,
    VISITORS,
)

pytestmark = [pytest.mark.faults, pytest.mark.waits]


@pytest.fixture
def proxy(furnished, tmp_path):
    site = SiteBehind(
        tmp_path / "site",
        SITE_URL=f"https://{HOST}",
        TRUSTED_PROXIES="127.0.0.1",
        EMAIL_URL="dummymail://",
    )
    site.copy_of(furnished)
    (site.folder / "static" / "large.bin").write_bytes(b"0" * LARGE)
    proxy = Proxy("nginx", site, tmp_path)
    site.start()
    yield proxy
    proxy.stop()
    site.kill()


@pytest.mark.parametrize("kind", REQUESTS)
def test_slow_visitors_of_nginx_hold_up_nobody(proxy, kind):
    request = REQUESTS[kind].replace(b"Host: 127.0.0.1", b"Host: " + HOST.encode())
    visitors = [proxy.connect() for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.sendall(request)

    end = time.monotonic() + ATTACK_SECONDS
    turn = time.monotonic() + PAUSE
    while time.monotonic() < end:
        assert proxy.ask("GET", f"/post/{SLUG}/")[0] == 200
        if time.monotonic() > turn:
            turn += PAUSE
            for visitor in visitors:
                go_on(visitor, kind)
        time.sleep(0.5)

    for visitor in visitors:
        visitor.close()


def go_on(visitor, kind):
    with suppress(OSError):  # nginx may have had enough of it
        visitor.recv(1) if kind == "readers" else visitor.send(b"a")
