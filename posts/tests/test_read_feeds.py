"""Feeds from files: RSS, Atom and JSON Feed, whole and broken."""

import contextlib
import json

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from posts.importers.archives.records import ArchiveRefusedError, Group, Markup, Skipped
from posts.importers.archives.values import moment_of
from posts.importers.feeds.archive import open_archive

DATA = settings.BASE_DIR.parent / "shared" / "data"
# The one entry of the first was cut off within its title, so it is told and does not come.
CUT = {
    "illformed-rss_incomplete_cdata.xml": 1,
    "illformed-rss_item_link_corrupted_ampersands.xml": 0,
}
RSS = (
    '<rss version="2.0"><channel><title>Tea</title><link>https://a.example/</link>'
    "<language>en</language>{}</channel></rss>"
)
ITEM = (
    "<item><guid>1</guid><title>One</title><link>https://a.example/one.html</link>"
    "<pubDate>Tue, 02 Jan 2024 03:04:05 +0000</pubDate>{}</item>"
)
LONG = "<p>" + "Water first, then tea. " * 30 + "</p>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Tea</title>'
    '<link rel="self" href="https://a.example/feed"/><link href="https://a.example/"/>'
    "<author><name>Ann</name></author>{}</feed>"
)


def write(tmp_path, content: str | bytes):
    path = tmp_path / "feed"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only_text(tmp_path, content: str):
    (text,) = open_archive(write(tmp_path, content)).texts()
    return text


@pytest.mark.skipif(not DATA.exists(), reason="the sample feeds are not here (../shared/data)")
@pytest.mark.parametrize(
    "name",
    [
        "illformed-rss_incomplete_cdata.xml",
        "illformed-rss_item_link_corrupted_ampersands.xml",
        "illformed-undeclared_namespace.xml",
        "libsyn-podcast.xml",
        "medium_feed.xml",
        "pelican-all.atom.xml",
    ],
)
def test_sample_gives_what_was_counted(name):
    expected = json.loads((DATA / "expected.json").read_text())["entries"][f"feeds/{name}"]
    archive = open_archive(DATA / "feeds" / name)

    texts = list(archive.texts())

    assert len(texts) + CUT.get(name, 0) == expected["entries"]
    assert not any(isinstance(text, Skipped) for text in texts)
    assert len(archive.problems) == (name in CUT)


@pytest.mark.skipif(not DATA.exists(), reason="the sample feeds are not here (../shared/data)")
def test_sample_keeps_texts_tags_and_sounds():
    medium = next(open_archive(DATA / "feeds" / "medium_feed.xml").texts())
    podcast = next(open_archive(DATA / "feeds" / "libsyn-podcast.xml").texts())

    assert medium.body.startswith("<figure><img")
    assert (medium.title, medium.authors, len(medium.groups)) == (
        "This is a Dummy Post", ["John Doe"], 5,
    )  # fmt: skip
    assert medium.guid == "https://medium.com/p/50703370aea7"
    assert podcast.body.startswith("<figure><audio controls src=")
    assert podcast.slug == "lorem-ipsum"


def test_rss_item_is_read(tmp_path):
    inner = (
        f"<encoded><![CDATA[{LONG}]]></encoded><description>Short</description>"
        "<author>ann@example.org (Ann)</author><category>Tea</category><category>Tea</category>"
    )

    text = only_text(tmp_path, RSS.format(ITEM.format(inner)))

    assert (text.key, text.guid, text.title, text.body, text.summary) == (
        "1", "1", "One", LONG, "Short",
    )  # fmt: skip
    assert (text.slug, text.addresses) == ("one", ["https://a.example/one.html"])
    assert (text.authors, text.groups) == (["Ann"], [Group("Tea")])
    assert text.published_at == moment_of("2024-01-02T03:04:05Z")
    assert text.problems == []


@pytest.mark.parametrize(
    ("description", "problems"),
    [
        (LONG, 0),
        ("Short", 1),
        (LONG + "<p>and so on […]</p>", 1),
        (LONG + '<a href="/one">Continue reading →</a>', 1),
        ("", 1),
    ],
)
def test_beginning_of_a_text_is_told(tmp_path, description, problems):
    inner = f"<description><![CDATA[{description}]]></description>"

    text = only_text(tmp_path, RSS.format(ITEM.format(inner)))

    assert (text.body, len(text.problems)) == (description, problems)


def test_atom_entry_is_read(tmp_path):
    entry = (
        '<entry><id>tag:1</id><title type="html">&lt;b&gt;One&lt;/b&gt;</title><link href="/one/"/>'
        '<updated>2024-02-01T00:00:00Z</updated><category term="t" label="Tea"/>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><pre>a &lt; b\n c</pre></div>'
        '</content><link rel="enclosure" type="image/png" href="/a.png"/></entry>'
    )
    archive = open_archive(write(tmp_path, ATOM.format(entry)))

    (text,) = archive.texts()

    assert (archive.name, archive.address) == ("Tea", "https://a.example/")
    assert [person.name for person in archive.people()] == ["Ann"]
    assert (text.title, text.addresses, text.authors) == ("One", ["/one/"], ["Ann"])
    assert "<pre>a &lt; b\n c</pre>" in text.body
    assert text.published_at == text.updated_at == moment_of("2024-02-01")
    assert (text.groups, text.cover) == ([Group("Tea")], "/a.png")


def test_rdf_is_read(tmp_path):
    content = "<RDF><channel><title>Tea</title><items/></channel>{}</RDF>".format(
        "<item><title>One</title><link>https://a.example/1</link><date>2024-01-01</date></item>"
    )

    text = only_text(tmp_path, content)

    assert (text.title, text.key) == ("One", "https://a.example/1")


def test_json_feed_is_read(tmp_path):
    item = {
        "id": 1, "url": "https://a.example/one", "title": "One", "content_text": "a\n\nb",
        "date_published": "2024-01-01T00:00:00Z", "tags": ["Tea", 7], "author": {"name": "Ann"},
        "attachments": [{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg"}],
    }  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": "Tea",
        "items": [item, {"id": []}],
    }
    archive = open_archive(write(tmp_path, json.dumps(feed)))

    text, skipped = archive.texts()

    assert (archive.name, text.key, text.authors) == ("Tea", "1", ["Ann"])
    assert (text.markup, text.body) == (
        Markup.HTML,
        '<figure><audio controls src="https://a.example/a.mp3"></audio></figure><p>a</p><p>b</p>',
    )
    assert text.groups == [Group("Tea"), Group("7")]
    assert isinstance(skipped, Skipped)


def test_second_of_one_id_is_skipped(tmp_path):
    found = list(open_archive(write(tmp_path, RSS.format(ITEM.format("") * 2))).texts())

    assert [isinstance(one, Skipped) for one in found] == [False, True]


@pytest.mark.parametrize("position", range(65_520, 65_550, 3))
def test_stray_sign_is_taken_out_between_chunks_too(tmp_path, position):
    start = RSS.partition("{}")[0]
    filler = "<!--" + "x" * (position - len(start) - 7) + "-->"
    item = ITEM.format(f"<encoded><<![CDATA[{LONG}]]></encoded>")

    assert only_text(tmp_path, RSS.format(filler + item)).body == LONG


@pytest.mark.parametrize("content", ["", "x", "<html></html>", "{}", '{"items": 1}', "[]", '{"a"'])
def test_other_files_are_refused(tmp_path, content):
    with pytest.raises(ArchiveRefusedError):
        open_archive(write(tmp_path, content))


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + RSS.format(
        "<item>&b;</item>"
    )

    with pytest.raises(ArchiveRefusedError, match="document type"):
        open_archive(write(tmp_path, bomb))


@hypothesis_settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from([RSS, ATOM]), st.data())
def test_damaged_bytes_are_no_error(tmp_path, form, data):
    content = bytearray(form.format(ITEM.format(f"<description>{LONG}</description>")).encode())
    for _change in range(data.draw(st.integers(1, 9))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=3))

    with contextlib.suppress(ArchiveRefusedError):
        archive = open_archive(write(tmp_path, bytes(content)))
        assert all(text.key for text in archive.texts() if not isinstance(text, Skipped))
