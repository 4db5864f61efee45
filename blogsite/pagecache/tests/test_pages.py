"""What a kept page answers to visitors who have seen it before."""

from blogsite.pagecache.pages import Origins, Page

TEXT = b"<p>One and the same sentence, again and again.</p>" * 100
MONDAY, TUESDAY = "Mon, 02 Nov 2026 10:00:00 GMT", "Tue, 03 Nov 2026 10:00:00 GMT"
ORIGINS = Origins(frozenset(), (), 0, float("inf"))


def make_page(*headers, status=200, body=TEXT) -> Page:
    said = [("Content-Type", "text/html"), *headers]
    return Page(status, said, body, ORIGINS, ())


def is_unchanged(page, known_tags=None, known_date=None) -> bool:
    return page.unchanged_since(known_tags, known_date) is not None


def test_each_packing_has_a_strong_tag_of_its_own():
    page = make_page()
    tags = {page.packed(packing).tag for packing in ["identity", "br", "gzip", "zstd"]}

    assert len(tags) == 4
    assert all(tag.startswith('"') for tag in tags)


def test_tag_is_compared_weakly():
    page = make_page()
    tag = page.packed("br").tag

    known = {
        known: is_unchanged(page, known)
        for known in [
            tag,
            f"W/{tag}",
            f'"other", {tag}',
            f'W/"a,b",W/{tag}',
            "*",
            " * ",
            '"other"',
            "",
            "W/",
            tag[1:-1],
        ]
    }

    assert [each for each, same in known.items() if not same] == ['"other"', "", "W/", tag[1:-1]]


def test_304_names_the_tag_that_the_visitor_has():
    page = make_page()
    packed = page.packed("gzip").tag

    assert dict(page.unchanged_since(packed, None))["ETag"] == packed


def test_304_has_the_headers_of_the_page_but_none_of_its_body():
    page = make_page(("Cache-Control", "public"), ("X-Frame-Options", "DENY"))

    unchanged = dict(page.unchanged_since("*", None))

    assert set(unchanged) == {"Cache-Control", "X-Frame-Options", "Vary", "ETag"}


def test_weak_tag_of_the_view_is_kept():
    """Its pages differ in bytes that mean nothing to readers, such as a signed time."""
    page = make_page(("ETag", 'W/"same"'))

    assert page.packed("br").tag == 'W/"same"'
    assert is_unchanged(page, '"same"')


def test_date_decides_only_where_no_tag_is_sent():
    page = make_page(("Last-Modified", MONDAY))

    assert is_unchanged(page, None, MONDAY)
    assert is_unchanged(page, None, TUESDAY)
    assert not is_unchanged(page, '"other"', TUESDAY)
    assert not is_unchanged(page, None, "Sun, 01 Nov 2026 10:00:00 GMT")
    assert not is_unchanged(page, None, "yesterday")
    assert not is_unchanged(make_page(), None, TUESDAY)


def test_error_is_never_a_304():
    assert not is_unchanged(make_page(status=404), "*")


def test_tighter_packing_replaces_the_quick_one_and_old_tags_stay_good():
    page = make_page(
        body=b"".join(b"<p>%d to the second is %d.</p>" % (n, n * n) for n in range(999))
    )
    quick = page.packed("br")

    page.pack_tightly()

    tight = page.packed("br")
    assert len(tight.body) < len(quick.body)
    assert tight.tag != quick.tag
    assert is_unchanged(page, quick.tag)
    assert is_unchanged(page, tight.tag)


def test_page_varies_by_packing_beside_what_its_view_said():
    assert dict(make_page(("Vary", "Accept")).headers)["Vary"] == "Accept, Accept-Encoding"
    assert dict(make_page(("Vary", "Accept-Encoding")).headers)["Vary"] == "Accept-Encoding"
    assert "Vary" not in dict(make_page(body=b"short").headers)
