"""How the running site answers an address: from a kept page, or why not.

It is asked by a request like a visitor's, and answers in JSON. Whoever asks proves by a signature
that they know the site's secret key; for everyone else such a request is like any other.
"""

import json
import time
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import unquote

from django.core import signing

from blogsite.pagecache.making import make
from blogsite.pagecache.pages import Page
from blogsite.pagecache.questions import PastIt, asked_by

SCHEME = "Explain"  # of the header Authorization
SALT = "blogsite.pagecache.explaining"
GOOD_FOR = 60  # seconds


def authorization_for(path: str) -> str:
    """The header of a request that asks how `path` is answered, with its query."""
    return f"{SCHEME} {signing.dumps(path, salt=SALT)}"


def is_asked(environ: dict) -> bool:
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme != SCHEME:
        return False
    try:
        return signing.loads(token, salt=SALT, max_age=GOOD_FOR) == _address(environ)
    except signing.BadSignature:
        return False


def explain(cache, environ: dict) -> dict:
    """What `cache` does for this request, of which it has forgotten the signature.

    Where nothing is kept, a page is made to see whether it may be, and is not kept either.
    """
    plain = {name: value for name, value in environ.items() if name != "HTTP_AUTHORIZATION"}
    if not cache.is_on:
        return {"kept": False, "reason": "the site keeps no pages (DEBUG, or PAGECACHE_MB=0)"}
    try:
        asked = asked_by(plain)
    except PastIt as reason:
        return {"kept": False, "reason": str(reason)}
    page = cache.find(asked.key)
    if page is not None:
        return {"kept": True, "query": asked.key.query} | _facts(page)
    made = make(cache.application, asked, plain)
    if made.page is None:
        if hasattr(made.response, "close"):
            made.response.close()
        return {"kept": False, "reason": made.reason}
    reason = "nobody has asked for it since it changed, or it had to leave"
    return {"kept": False, "reason": reason, "query": asked.key.query} | _facts(made.page)


def answer(cache, environ: dict, start_response) -> list[bytes]:
    body = json.dumps(explain(cache, environ), indent=1).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "private, no-store"),
    ]
    start_response(f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}", headers)
    return [body]


def _facts(page: Page) -> dict:
    return {
        "status": page.status,
        "bytes": {packing: len(each.body) for packing, each in page.variants.items()},
        "age": round(time.time() - page.made_at, 1),
        "uses": page.uses,
        "until": datetime.fromtimestamp(page.until, UTC).isoformat(),
        "topics": sorted(page.origins.topics),
    }


def _address(environ: dict) -> str:
    query = environ.get("QUERY_STRING", "")
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    return path + (f"?{unquote(query)}" if query else "")
