"""The signed time in every form: when it was made, and so how long somebody wrote.

The page around the form may be kept for days and shown to many, so the stamp is of no visitor.
"""

import time
from datetime import timedelta
from hashlib import sha256

from django.core import signing

SALT = "comments.writing.stamps"
GOOD_FOR = timedelta(days=14)  # longer than any cache keeps a page without asking
# A browser that asks each time and hears "unchanged" keeps its old form; once in this time it
# gets a new one, long before the old one is refused.
RENEWED_EVERY = timedelta(days=3)


def make(request) -> str:
    """A stamp of this moment; the same one again within one answer."""
    if not hasattr(request, "comment_stamp"):
        request.comment_stamp = signing.Signer(salt=SALT).sign(int(time.time()))
    return request.comment_stamp


def age(stamp: str) -> int | None:
    """Seconds since `stamp` was made; None where it is missing, forged or too old."""
    try:
        made_at = int(signing.Signer(salt=SALT).unsign(stamp))
    except (signing.BadSignature, ValueError):
        return None
    seconds = max(0, int(time.time()) - made_at)
    return seconds if seconds <= GOOD_FOR.total_seconds() else None


def same_page(get_response):
    """Middleware: two pages that differ in their stamps alone are one page to caches.

    Without this no page with a form in it would ever be answered with 304.
    """

    def middleware(request):
        response = get_response(request)
        stamp = getattr(request, "comment_stamp", "")
        if stamp and response.status_code == 200 and not getattr(request, "is_personal", False):
            period = int(time.time() // RENEWED_EVERY.total_seconds())
            content = response.content.replace(stamp.encode(), b"")
            response["ETag"] = f'W/"{sha256(content + b"%d" % period).hexdigest()[:32]}"'
        return response

    return middleware
