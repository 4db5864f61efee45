"""How a body is packed for the way, and which packing a visitor takes."""

import gzip
import re
from functools import lru_cache

import brotli

try:
    from compression import zstd
except ImportError:  # before Python 3.14
    from backports import zstd

IDENTITY = "identity"
# The smallest first: of those that a visitor likes equally, they get the first.
PACKINGS = ("br", "zstd", "gzip")
TEXTS = re.compile(r"text/|\S+\+xml|\S+/(?:json|xml|javascript|\S+\+json)", re.IGNORECASE)
LEAST_BYTES = 500  # of a body; a shorter one fits into one packet anyway
# Bytes of a body that is packed as tightly as can be: brotli takes a second for each million.
MOST_FOR_BEST = 500_000
LONGEST_HEADER = 200  # characters; those of browsers have about twenty
# Measured with a page of 20 kB: 0.5 ms and 8.0 kB against 21 ms and 7.5 kB for brotli. So nobody
# waits for the best; it is made behind the scenes, once a page has proved worth it.
QUICK = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstd.compress(body, 3),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
BEST = {
    "br": lambda body: brotli.compress(body, quality=11),
    "zstd": lambda body: zstd.compress(body, 19),
}


def is_worth_packing(content_type: str, body: bytes) -> bool:
    return len(body) >= LEAST_BYTES and bool(TEXTS.match(content_type))


def pack(body: bytes, packing: str) -> bytes:
    return QUICK[packing](body)


def pack_best(body: bytes, packing: str) -> bytes | None:
    """As small as it gets; None where that is no better than `pack`, or would take too long."""
    if packing not in BEST or len(body) > MOST_FOR_BEST:
        return None
    return BEST[packing](body)


def wanted(accept_encoding: str) -> str:
    """The packing for a visitor with this header, as in RFC 9110, 12.5.3; "identity" for none."""
    if not accept_encoding or len(accept_encoding) > LONGEST_HEADER:
        return IDENTITY  # and nothing to remember, which visitors could fill the memory with
    return _best_of(accept_encoding)


@lru_cache(maxsize=500)
def _best_of(accept_encoding: str) -> str:
    weights = dict(_weights(accept_encoding))
    others = weights.get("*", 0.0)
    best = max(PACKINGS, key=lambda packing: weights.get(packing, others))
    weight = weights.get(best, others)
    # Of who prefers it unpacked we only know if they say so.
    return best if weight > 0 and weight >= weights.get(IDENTITY, 0.0) else IDENTITY


def _weights(header: str):
    for part in header.lower().split(","):
        name, *options = (text.strip() for text in part.split(";"))
        weight = next((text[2:] for text in options if text.startswith("q=")), "1")
        try:
            yield name, min(1.0, float(weight)) if float(weight) > 0 else 0.0
        except ValueError:
            yield name, 0.0
