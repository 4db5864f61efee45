"""Requests to other sites: the one HTTP client of this one.

    answer = web.request("POST", url, fields={"key": "value"})

An address may come from a stranger, so a request never reaches this machine or its network: each
name is looked up once, every address found must be public, and the connection goes to the very
address that was checked. Redirects are checked in the same way. Time and size have limits, and
nothing of the environment (proxies, netrc, cookies) takes part.
"""

import time
from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

from blogsite.outgoing.destinations import Failed, Refused, parse, resolve
from blogsite.outgoing.exchange import Answer, Asked, exchange

__all__ = ["Answer", "Failed", "Refused", "request"]

SECONDS = 20
MAX_BYTES = 2 * 2**20
MAX_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
KEEPS_METHOD = {307, 308}
# Never told to another site than the one they were meant for.
PERSONAL = {"authorization", "cookie", "proxy-authorization"}
FORM = "application/x-www-form-urlencoded"


def request(
    method: str,
    url: str,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = SECONDS,
    max_bytes: int = MAX_BYTES,
    *,
    body: bytes | None = None,
) -> Answer:
    """Ask another site. `timeout` is in seconds, for everything; `max_bytes` is for the body.

    `fields` are a form: in the body of a POST, in the address of a GET. Raises Refused where the
    request must not be made or the answer is too large, Failed where the network or site fails.
    """
    asked = Asked(method, dict(headers or {}), body)
    if fields and method in {"GET", "HEAD"}:
        url = f"{url}{'&' if '?' in url else '?'}{urlencode(fields)}"
    elif fields:
        asked.headers.setdefault("Content-Type", FORM)
        asked.body = urlencode(fields).encode()
    end = time.monotonic() + timeout
    for _hop in range(MAX_REDIRECTS + 1):
        place = resolve(url)
        answer = exchange(place, asked, end, max_bytes)
        target = answer.headers.get("Location")
        if answer.status not in REDIRECTS or not target:
            return answer
        url = joined(place.url, target)
        asked = redirected(asked, answer.status, parse(url).origin == place.origin)
    raise Refused(f"More than {MAX_REDIRECTS} redirects")


def joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise Refused("A redirect to no web address") from error


def redirected(asked: Asked, status: int, same_site: bool) -> Asked:
    """What to ask at the new address."""
    lost = set() if same_site else PERSONAL
    if status in KEEPS_METHOD or asked.method == "HEAD":
        return Asked(asked.method, without(asked.headers, lost), asked.body)
    return Asked("GET", without(asked.headers, lost | {"content-type", "content-length"}), None)


def without(headers: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in names}
