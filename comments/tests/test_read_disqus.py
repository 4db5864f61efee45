"""Exports of Disqus."""

import json
from collections import Counter

import pytest
from django.conf import settings

from comments.importers.disqus.archive import open_archive
from posts.importers.archives.records import ArchiveRefusedError, Decision, Skipped
from posts.importers.archives.values import moment_of

DATA = settings.BASE_DIR.parent / "shared" / "data"
SAMPLE = DATA / "disqus" / "isso-disqus.xml"
POST = (
    '<post dsq:id="{key}"><message>m</message><createdAt>2020-01-01T00:00:00Z</createdAt>'
    '{extra}<thread dsq:id="{thread}"/></post>'
)
THREAD = '<thread dsq:id="1"><link>https://a.example/x/</link>{extra}</thread>'


def write(tmp_path, *parts: str, before: str = ""):
    path = tmp_path / "disqus.xml"
    root = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
    path.write_text(before + root + "".join(parts) + "</disqus>")
    return path


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample export is not here (../shared/data)")
def test_sample_gives_what_was_counted():
    expected = json.loads((DATA / "expected.json").read_text())["entries"]["disqus/isso-disqus.xml"]

    found = list(open_archive(SAMPLE).remarks())

    skipped = [one for one in found if isinstance(one, Skipped)]
    remarks = [one[1] for one in found if not isinstance(one, Skipped)]
    states = Counter(str(one.decision) for one in remarks)
    assert len(found) == expected["posts_total"]
    assert [one.key for one in skipped] == ["6"]
    assert len(skipped) == expected["dangling_thread"]
    assert states["approved"] + len(skipped) == expected["posts"]["visible"]
    assert states["removed"] == expected["posts"]["deleted"]
    assert sum(bool(one.parent) for one in remarks) == expected["replies"]
    address, reply = found[1]
    assert (address, reply.key, reply.parent, reply.name, reply.email, reply.body) == (
        "http://example.org/", "5", "4", "user", "foo@bar.com", "<p>Hello, World.</p>",
    )  # fmt: skip
    assert reply.created_at == moment_of("2013-10-11T06:51:33Z")


@pytest.mark.parametrize(
    ("thread", "post", "decision"),
    [
        ("", "", Decision.APPROVED),
        ("", "<isSpam>true</isSpam><isDeleted>true</isDeleted>", Decision.SPAM),
        ("", "<isDeleted>true</isDeleted>", Decision.REMOVED),
        ("", "<isApproved>false</isApproved>", Decision.PENDING),
        ("<isDeleted>true</isDeleted>", "", Decision.REMOVED),
    ],
)
def test_decisions_are_kept(tmp_path, thread, post, decision):
    path = write(tmp_path, POST.format(key=2, thread=1, extra=post), THREAD.format(extra=thread))

    ((address, remark),) = open_archive(path).remarks()

    assert (address, remark.decision) == ("https://a.example/x/", decision)


def test_path_given_as_identifier_is_the_address(tmp_path):
    thread = '<thread dsq:id="1"><id>/x/</id><link/></thread>'

    ((address, _remark),) = open_archive(
        write(tmp_path, thread, POST.format(key=2, thread=1, extra=""))
    ).remarks()

    assert address == "/x/"


def test_cut_file_gives_what_came_before(tmp_path):
    path = write(tmp_path, THREAD.format(extra=""), POST.format(key=2, thread=1, extra="") * 2)
    path.write_text(path.read_text()[:-60])
    archive = open_archive(path)

    assert len(list(archive.remarks())) == 1
    assert len(archive.problems) == 1


@pytest.mark.parametrize("content", ["", "x", "<rss/>", "<disqus", "{}"])
def test_what_is_no_export_is_refused(tmp_path, content):
    (tmp_path / "a.xml").write_text(content)

    with pytest.raises(ArchiveRefusedError):
        open_archive(tmp_path / "a.xml")


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE disqus [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    with pytest.raises(ArchiveRefusedError, match="document type"):
        open_archive(write(tmp_path, THREAD, before=bomb))
