"""Packing bodies, and choosing a packing."""

import gzip

import brotli
import pytest

from blogsite.pagecache import encodings

TEXT = b"<p>One and the same sentence, again and again.</p>" * 100


@pytest.mark.parametrize(
    ("header", "packing"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0", "identity"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("*;q=0", "identity"),
        ("identity, br;q=0.5", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("GZIP", "gzip"),
        ("deflate, compress", "identity"),
        ("br;q=nonsense", "identity"),
        ("br;q=nan, gzip", "gzip"),
        ("br;q=-1", "identity"),
        ("gzip;q=9", "gzip"),
        (", ,;;=", "identity"),
        ("br, " * 100, "identity"),
    ],
)
def test_packing_is_what_the_visitor_takes(header, packing):
    assert encodings.wanted(header) == packing


@pytest.mark.parametrize(
    ("packing", "unpack"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("zstd", encodings.zstd.decompress)],
)
def test_packed_body_unpacks_to_the_same(packing, unpack):
    quick = encodings.pack(TEXT, packing)
    best = encodings.pack_best(TEXT, packing) or quick

    assert unpack(quick) == unpack(best) == TEXT
    assert len(best) <= len(quick) < len(TEXT) / 10


@pytest.mark.parametrize(
    ("content_type", "body", "worth"),
    [
        ("text/html; charset=utf-8", TEXT, True),
        ("application/atom+xml", TEXT, True),
        ("application/feed+json; charset=utf-8", TEXT, True),
        ("application/json", TEXT, True),
        ("application/manifest+json", TEXT, True),
        ("image/svg+xml", TEXT, True),
        ("image/png", TEXT, False),
        ("", TEXT, False),
        ("text/plain", b"short", False),
    ],
)
def test_only_long_texts_are_packed(content_type, body, worth):
    assert encodings.is_worth_packing(content_type, body) is worth


def test_packing_the_same_gives_the_same():
    assert encodings.pack(TEXT, "gzip") == encodings.pack(TEXT, "gzip")
