"""Exports of Blogger, in both dialects."""

import contextlib
import json
import zipfile
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from posts.importers.archives.records import ArchiveRefusedError, Decision, Group, Skipped, Status
from posts.importers.archives.values import moment_of
from posts.importers.blogger.archive import open_archive

DATA = settings.BASE_DIR.parent / "shared" / "data"
SAMPLE = DATA / "blogger" / "pelican-bloggerexport.xml"
needs_samples = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample export is not here (../shared/data)"
)
FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">'
TAKEOUT = f"""<?xml version='1.0' encoding='utf-8'?>{FEED}
<id>tag:blogger.com,1999:blog-1</id><title>Tea</title>
<entry><id>tag:blogger.com,1999:blog-1.post-10</id><blogger:type>POST</blogger:type>
 <blogger:status>%s</blogger:status><author><name>Ann</name><uri></uri></author><title>Water</title>
 <content type="html">&lt;p&gt;Hot&lt;/p&gt;</content><blogger:metaDescription>About</blogger:metaDescription>
 <published>2024-01-02T03:04:05Z</published><blogger:filename>/2024/01/water.html</blogger:filename>
 <category scheme="tag:blogger.com,1999:blog-1" term="Tea"/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-11</id><blogger:type>COMMENT</blogger:type>
 <blogger:status>LIVE</blogger:status><author><name>Bo</name></author><content>Nice</content>
 <published>2024-01-03T00:00:00Z</published><blogger:parent>tag:blogger.com,1999:blog-1.post-10</blogger:parent></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-12</id><blogger:type>COMMENT</blogger:type>
 <blogger:status>SPAM_COMMENT</blogger:status><author><name>Ann</name></author><content>Thanks</content>
 <blogger:parent>tag:blogger.com,1999:blog-1.post-10</blogger:parent>
 <blogger:inReplyTo>tag:blogger.com,1999:blog-1.post-11</blogger:inReplyTo></entry>
</feed>"""


def write(tmp_path, content: str | bytes):
    path = tmp_path / "feed.atom"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@needs_samples
def test_sample_gives_what_was_counted():
    expected = json.loads((DATA / "expected.json").read_text())["entries"][f"blogger/{SAMPLE.name}"]
    archive = open_archive(SAMPLE)

    texts = list(archive.texts())

    counted = Counter(f"{text.kind}_{text.status}" for text in texts)
    counted["comment_published"] = sum(len(text.remarks) for text in texts)
    wanted = {
        key: n for key, n in expected["entries"].items() if not key.startswith(("sett", "temp"))
    }
    assert counted == wanted
    groups = {group.name for text in texts for group in text.groups}
    assert len(groups) == expected["labels_distinct_on_posts_pages"]
    assert len(list(archive.people())) == expected["authors"]
    assert [
        (text.kind, text.title, text.published_at, text.status == Status.DRAFT, text.addresses)
        for text in texts
    ] == [
        (
            spot["kind"], spot["title"], moment_of(spot["published"]), spot["draft"],
            [spot["url"]] if spot["url"] else [],
        )
        for spot in expected["spot"]
    ]  # fmt: skip


@needs_samples
def test_sample_says_which_blog_it_is():
    archive = open_archive(SAMPLE)

    assert (archive.name, archive.address, archive.language) == (
        "Notes of a Young Doctor", "http://youngdoctornotes.blogspot.com/", "nl",
    )  # fmt: skip
    post = next(text for text in archive.texts() if text.remarks)
    assert post.slug == "the-steel-windpipe"
    assert post.remarks[0].name == "Thomas Isidore Noël Sankara"
    assert post.remarks[0].created_at == moment_of("2010-11-29T12:35:44-08:00")


def test_takeout_is_read(tmp_path):
    archive = open_archive(write(tmp_path, TAKEOUT % "LIVE"))

    (text,) = archive.texts()

    assert (text.title, text.body, text.status, text.slug, text.summary, text.groups) == (
        "Water", "<p>Hot</p>", Status.PUBLISHED, "water", "About", [Group("Tea")],
    )  # fmt: skip
    assert (text.addresses, text.authors) == (["/2024/01/water.html"], ["Ann"])
    assert [(one.name, one.decision, one.parent, one.person) for one in text.remarks] == [
        ("Bo", Decision.APPROVED, "", ""),
        ("Ann", Decision.SPAM, "tag:blogger.com,1999:blog-1.post-11", "Ann"),
    ]
    assert text.remarks[1].created_at == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("DRAFT", Status.DRAFT),
        ("SCHEDULED", Status.SCHEDULED),
        ("SOFT_TRASHED", Status.TRASHED),
        ("SOMETHING_NEW", Status.DRAFT),
    ],
)
def test_only_what_was_live_is_public(tmp_path, written, status):
    (text,) = open_archive(write(tmp_path, TAKEOUT % written)).texts()

    assert text.status == status


def test_posts_of_a_blog_for_some_are_private(tmp_path):
    setting = (
        "<entry><id>tag:blogger.com,1999:blog-1.settings.BLOG_READ_ACCESS_MODE</id><category "
        'scheme="x#kind" term="y#settings"/><content>READERS</content></entry></feed>'
    )
    content = (TAKEOUT % "LIVE").replace("</feed>", setting)

    (text,) = open_archive(write(tmp_path, content)).texts()

    assert text.status == Status.PRIVATE
    assert len(text.problems) == 1


def test_what_is_no_text_is_skipped(tmp_path):
    entry = "<entry><id>1</id><blogger:type>{}</blogger:type></entry>"
    content = f"{FEED}{entry.format('POST') * 2}{entry.format('poll')}</feed>".replace(
        "<id>1</id><blogger:type>poll", "<id>2</id><blogger:type>poll"
    )

    found = list(open_archive(write(tmp_path, content)).texts())

    assert [type(one) is Skipped for one in found] == [False, True, True]


def test_zip_of_takeout_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("Takeout/Blogger/Blogs/Tea/feed.atom", TAKEOUT % "LIVE")
    assert len(list(open_archive(tmp_path / "a.zip").texts())) == 1

    with zipfile.ZipFile(tmp_path / "a.zip", "a") as file:
        file.writestr("Takeout/Blogger/Blogs/Coffee/feed.atom", TAKEOUT % "LIVE")
    with pytest.raises(ArchiveRefusedError, match=r"Coffee/feed\.atom"):
        open_archive(tmp_path / "a.zip")


def test_cut_file_gives_what_came_before(tmp_path):
    content = TAKEOUT % "LIVE"
    archive = open_archive(write(tmp_path, content[: content.index("Thanks")]))

    (text,) = archive.texts()

    assert [one.name for one in text.remarks] == ["Bo"]
    assert len(archive.problems) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"", b"   ", b"blogger", b"<rss/>", b"{}", b"\0" * 100, FEED.replace("blogger", "x").encode(),
        b'<!DOCTYPE feed [<!ENTITY a "b">]>' + (TAKEOUT % "LIVE").partition("?>")[2].encode(),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_export_is_refused(tmp_path, content):
    with pytest.raises(ArchiveRefusedError):
        open_archive(write(tmp_path, content))


def test_entry_with_a_million_parts_is_refused(tmp_path):
    content = f"{FEED}<!-- blogger --><entry>{'<a/>' * 200_000}</entry></feed>"

    with pytest.raises(ArchiveRefusedError, match="too many parts"):
        list(open_archive(write(tmp_path, content)).texts())


def test_depth_and_huge_texts_do_no_harm(tmp_path):
    for inner in ("<a>" * 100_000, "x" * 30_000_000):
        archive = open_archive(write(tmp_path, f"{FEED}<id>blogger</id><entry>{inner}"))

        assert list(archive.texts()) == []


@hypothesis_settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damaged_bytes_are_no_error(tmp_path, data):
    content = bytearray((TAKEOUT % "LIVE").encode())
    for _change in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=3))

    with contextlib.suppress(ArchiveRefusedError):
        archive = open_archive(write(tmp_path, bytes(content)))
        assert all(text.key for text in archive.texts() if not isinstance(text, Skipped))
