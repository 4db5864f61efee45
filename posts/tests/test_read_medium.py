"""Exports of Medium."""

import json
import zipfile

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from posts.importers.archives.records import ArchiveRefusedError, Skipped, Status
from posts.importers.archives.values import moment_of
from posts.importers.medium.archive import open_archive

DATA = settings.BASE_DIR.parent / "shared" / "data"
SAMPLE = DATA / "medium" / "mg-medium-export"
needs_samples = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample export is not here (../shared/data)"
)
PAGE = """<article class="h-entry"><h1 class="p-name">Tea</h1>
<section data-field="body" class="e-content"><h3 class="graf--title">Tea</h3><p>Water</p>
<pre>a &lt; b<br>c</pre></section>
<footer><a class="p-canonical" href="{}">x</a><a href="https://medium.com/p/0123456789ab">
<time class="dt-published" datetime="2024-01-02T03:04:05.678Z">x</time></a></footer></article>"""


def write(tmp_path, **pages: str | bytes):
    folder = tmp_path / "posts"
    folder.mkdir(exist_ok=True)
    for name, content in pages.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.html").write_bytes(data)
    return tmp_path


@needs_samples
def test_sample_gives_what_was_counted():
    """Two are drafts by name or without a date; the third without a date there is a response."""
    expected = json.loads((DATA / "expected.json").read_text())["entries"][
        "medium/mg-medium-export"
    ]

    found = list(open_archive(SAMPLE).texts())

    skipped = [one.key for one in found if isinstance(one, Skipped)]
    texts = {one.key: one for one in found if not isinstance(one, Skipped)}
    statuses = [text.status for text in texts.values()]
    assert len(found) == expected["files"]
    assert statuses.count(Status.PUBLISHED) == expected["published"]
    assert statuses.count(Status.DRAFT) + len(skipped) == expected["drafts"]
    assert skipped == ["comment"]
    for spot in expected["spot"]:
        text = texts.get(spot["file"].removesuffix(".html"))
        if text:
            assert text.published_at == moment_of(spot["published"] or "")
            assert len(text.groups) == spot["tags"]
            assert text.body.count("<img") == spot["images"]
            assert text.body.count("<pre") == spot["pre"]
            assert not spot["canonical"] or text.addresses[0] == spot["canonical"]


@needs_samples
def test_sample_names_its_one_author():
    archive = open_archive(SAMPLE)

    (person,) = archive.people()

    assert (archive.name, person.name, person.handle) == ("User Name", "Joe Bloggs", "JoeBloggs")
    texts = [text for text in archive.texts() if not isinstance(text, Skipped)]
    assert {author for text in texts for author in text.authors} == {person.key}


def test_post_is_read_without_its_title_in_the_text(tmp_path):
    page = PAGE.format("https://medium.com/@ann/tea-for-two-0123456789ab")
    write(tmp_path, **{"2024-01-02_Tea-0123456789ab": page})

    (text,) = open_archive(tmp_path).texts()

    assert (text.key, text.slug, text.title) == ("0123456789ab", "tea-for-two", "Tea")
    assert text.body.split("\n")[0] == "<p>Water</p>"
    assert "<pre>a &lt; b<br>c</pre>" in text.body
    assert text.addresses == [
        "https://medium.com/@ann/tea-for-two-0123456789ab", "https://medium.com/p/0123456789ab",
    ]  # fmt: skip
    assert text.canonical_url == ""


def test_home_elsewhere_is_kept(tmp_path):
    (text,) = open_archive(write(tmp_path, a=PAGE.format("https://ann.example/tea"))).texts()

    assert text.canonical_url == "https://ann.example/tea"


def test_draft_is_known_by_its_name(tmp_path):
    """Even where it has a date."""
    (text,) = open_archive(write(tmp_path, draft_Tea=PAGE.format(""))).texts()

    assert text.status == Status.DRAFT


def test_zip_is_read_and_other_folders_are_not(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("medium-export/posts/a.html", PAGE.format(""))
        file.writestr("medium-export/claps/claps-0001.html", PAGE.format(""))

    assert [one.key for one in open_archive(tmp_path / "a.zip").texts()] == ["a"]


def test_what_cannot_be_read_is_skipped(tmp_path):
    write(tmp_path, a=PAGE.format("http://[/"), b="", c="<p>x", d=b"\0\xff", e=b"x" * 5_000_001)

    found = list(open_archive(tmp_path).texts())

    assert [isinstance(one, Skipped) for one in found] == [False, True, True, True, True]


def test_depth_does_no_harm(tmp_path):
    page = PAGE.format("").replace("<p>Water", "<div><b>" * 200_000)

    assert len(list(open_archive(write(tmp_path, a=page)).texts())) == 1


def test_other_folder_is_refused(tmp_path):
    with pytest.raises(ArchiveRefusedError, match="no export of Medium"):
        open_archive(write(tmp_path, a="<p>x</p>"))


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damaged_page_is_no_error(tmp_path, data):
    content = bytearray(PAGE.encode())
    for _change in range(data.draw(st.integers(1, 9))):
        at = data.draw(st.integers(30, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=3))

    archive = open_archive(write(tmp_path, a=bytes(content)))

    assert len([*archive.people(), *archive.texts()]) >= 1
