"""Real exports of WordPress, kept outside the repository, and counted independently."""

import json
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from lxml import etree

from posts.importers.archives.records import ArchiveRefusedError, Sort, Status, Text
from posts.importers.wordpress.archive import open_archive

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
EXPECTED = DATA / "expected.json"
ENTRIES = json.loads(EXPECTED.read_text())["entries"] if EXPECTED.exists() else {}
REFUSED = "wxr/wpi-malformed.xml"  # has no channel
MENDED = {  # what the independent count, of a parser that gives up, has otherwise
    ("wxr/wpi-crazy-cdata.xml", "1"): {"content_chars": 41},
    ("wxr/nikola-wordpress_qtranslate_item_raw_export.xml", "1585"): {
        "title": "Sous le ciel",
        "content_chars": 261,
    },
    ("wxr/nikola-wordpress_qtranslate_item_modernized.xml", "1585"): {
        "title": "Sous le ciel",
        "content_chars": 261,
    },
}
WORDS = {  # theirs, and those of the records
    "publish": Status.PUBLISHED,
    "future": Status.SCHEDULED,
    "trash": Status.TRASHED,
}

pytestmark = pytest.mark.skipif(
    not ENTRIES, reason="the sample blogs are not here (../shared/data)"
)
every_file = pytest.mark.parametrize(
    "name", [n for n in ENTRIES if n.startswith("wxr/") and n != REFUSED]
)


def texts_of(name: str) -> list[Text]:
    return [each for each in open_archive(DATA / name).texts() if isinstance(each, Text)]


def by_status(texts: list[Text], kind: str) -> Counter:
    # A password is no status there, but what a published one may have besides.
    changed = {Status.PASSWORD: Status.PUBLISHED}
    return Counter(changed.get(each.status, each.status) for each in texts if each.kind == kind)


@every_file
def test_texts_equal_the_independent_count(name):
    expected = ENTRIES[name]

    texts = texts_of(name)

    assert {kind: by_status(texts, kind) for kind in ("post", "page")} == {
        kind: Counter({WORDS.get(word, word): n for word, n in expected[f"{kind}s"].items()})
        for kind in ("post", "page")
    }
    passwords = sum(each.status == Status.PASSWORD for each in texts)
    assert passwords == expected["password_protected"]
    assert len({login for each in texts for login in each.authors}) == expected["authors_used"]


@every_file
def test_comments_equal_the_independent_count(name):
    expected = ENTRIES[name]["comments"]

    texts = texts_of(name)

    remarks = [remark for each in texts for remark in each.remarks]
    orphans = sum(
        bool(remark.parent) and remark.parent not in {other.key for other in each.remarks}
        for each in texts
        for remark in each.remarks
    )
    decisions = Counter(remark.decision for remark in remarks)
    assert {
        "approved": decisions["approved"],
        "pending": decisions["pending"],
        "spam": decisions["spam"],
        "trash": decisions["removed"],
        "total": len(remarks),
        "pingbacks_trackbacks": sum(remark.sort != Sort.COMMENT for remark in remarks),
        "replies": sum(bool(remark.parent) for remark in remarks),
        "orphan_parents": orphans,
        "items_with_comments": sum(bool(each.remarks) for each in texts),
    } == {key: value for key, value in expected.items() if key != "max_depth"}


@every_file
def test_groups_equal_those_of_another_parser(name):
    tree = etree.parse(DATA / name, etree.XMLParser(recover=True, resolve_entities=False))
    theirs = {
        (item.findtext("link"), unquote(category.get("nicename")))
        for item in tree.iter("item")
        if not item.xpath(
            "./*[local-name() = 'post_type'][not(text() = 'post' or text() = 'page')]"
        )
        for category in item.iter("category")
        if category.get("domain") in {"category", "post_tag", "tag"} and category.get("nicename")
    }

    texts = texts_of(name)

    ours = {(each.addresses[0], group.slug) for each in texts for group in each.groups}
    assert ours == theirs


@every_file
def test_what_is_skipped_is_counted(name):
    expected = ENTRIES[name]

    skipped = [each for each in open_archive(DATA / name).texts() if not isinstance(each, Text)]

    assert len(skipped) == expected["attachments"] + sum(expected["other_types"].values())
    assert all(each.key and each.reason for each in skipped)


@every_file
def test_single_records_say_what_they_say(name):
    texts = {address: each for each in texts_of(name) for address in each.addresses}

    for spot in ENTRIES[name]["spot"]:
        spot = spot | MENDED.get((name, spot["id"]), {})
        text = texts[spot["link"] or f"/?p={spot['id']}"]
        found = {
            "type": text.kind,
            "slug": text.slug,
            "title": text.title,
            "creator": "".join(text.authors),
            "content_chars": len(text.body),
            "comments": sum(spot["comments"].values()),
        }
        expected = {key: spot[key] for key in found} | {
            "slug": unquote(spot["slug"]),
            "comments": len(text.remarks),
        }
        assert found == expected
        if text.published_at and "0000" not in spot["date_gmt"]:
            assert text.published_at.strftime("%Y-%m-%d %H:%M:%S") == spot["date_gmt"]


def test_reading_again_gives_the_same():
    archive = open_archive(DATA / "wxr/theme-unit-test.xml")

    assert list(archive.texts()) == list(archive.texts())


def test_covers_come_with_their_words():
    [text] = [each for each in texts_of("wxr/theme-unit-test.xml") if each.key == "1011"]

    assert text.cover.startswith("https://wpthemetestdata.files.wordpress.com/")


def test_a_file_without_a_channel_is_refused():
    with pytest.raises(ArchiveRefusedError, match="no export of WordPress"):
        open_archive(DATA / REFUSED)
