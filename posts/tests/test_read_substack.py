"""Exports of Substack."""

import json
import zipfile
from collections import Counter

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from posts.importers.archives.records import ArchiveRefusedError, Skipped, Status
from posts.importers.archives.values import moment_of
from posts.importers.substack.archive import open_archive

DATA = settings.BASE_DIR.parent / "shared" / "data"
SAMPLE = DATA / "substack" / "mg-substack"
HEAD = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"


def write(tmp_path, *rows: str, head: str = HEAD):
    (tmp_path / "posts").mkdir(exist_ok=True)
    (tmp_path / "posts" / "1.tea.html").write_text("<p>Water</p>")
    (tmp_path / "posts.csv").write_text(head + "\n".join(rows))
    return tmp_path


def row(published="true", kind="newsletter", audience="everyone", key="1.tea", podcast="") -> str:
    return f'{key},2024-01-02T03:04:05.678Z,{published},,{kind},{audience},"Tea, &amp; more",,{podcast}'


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample export is not here (../shared/data)")
def test_sample_gives_what_was_counted():
    expected = json.loads((DATA / "expected.json").read_text())["entries"]["substack/mg-substack"]

    texts = list(open_archive(SAMPLE).texts())

    assert Counter(str(text.status) for text in texts) == {
        "published": expected["published"], "draft": expected["unpublished"],
    }  # fmt: skip
    assert sum(text.kind == "page" for text in texts) == expected["types"]["page"]
    for text, spot in zip(texts, expected["spot"], strict=True):
        assert f"{text.key}.{text.slug}" == spot["post_id"]
        assert (text.title, text.published_at) == (spot["title"], moment_of(spot["post_date"]))
    assert texts[0].summary == "“This quote’s rather short”"
    assert texts[1].body.startswith(
        '<figure><audio controls src="https://example.com/my-audio/file.mp3"></audio></figure>'
    )


@pytest.mark.parametrize(
    ("line", "status", "is_told"),
    [
        (row(), Status.PUBLISHED, False),
        (row(published="FALSE"), Status.DRAFT, False),
        (row(published=""), Status.DRAFT, False),
        (row(audience="only_paid"), Status.PRIVATE, True),
        (row(audience="only_free"), Status.PRIVATE, True),
        (row(audience="founding"), Status.PRIVATE, True),
        (row(kind="adhoc_email"), Status.PRIVATE, True),
    ],
)
def test_only_what_everybody_could_read_is_public(tmp_path, line, status, is_told):
    (text,) = open_archive(write(tmp_path, line)).texts()

    assert (text.status, bool(text.problems)) == (status, is_told)
    assert (text.title, text.body, text.addresses) == ("Tea, & more", "<p>Water</p>", ["/p/tea"])


def test_rows_without_text_number_or_of_one_number_are_skipped(tmp_path):
    rows = [row(), row(), row(key="2.gone"), row(key=""), row(key="3.x", podcast="https://a/b.mp3")]

    found = list(open_archive(write(tmp_path, *rows)).texts())

    assert [isinstance(one, Skipped) for one in found] == [False, True, True, True, False]


def test_zip_is_read_without_its_subscribers(tmp_path):
    write(tmp_path, row())
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        for name in ("posts.csv", "posts/1.tea.html"):
            file.write(tmp_path / name, f"export/{name}")
        file.writestr("export/email_list.csv", "email\nbo@example.org")

    (text,) = open_archive(tmp_path / "a.zip").texts()

    assert text.body == "<p>Water</p>"


def test_key_that_leads_elsewhere_finds_nothing(tmp_path):
    (tmp_path / "secret.html").write_text("secret")

    (found,) = open_archive(write(tmp_path, row(key="../secret"))).texts()

    assert isinstance(found, Skipped)


@pytest.mark.parametrize("head", ["", "a,b\n", "\0", "x" * 300_000, '"' * 5, HEAD[:8]])
def test_other_lists_are_refused(tmp_path, head):
    with pytest.raises(ArchiveRefusedError, match=r"posts\.csv"):
        open_archive(write(tmp_path, head=head))


def test_folder_without_list_is_refused(tmp_path):
    with pytest.raises(ArchiveRefusedError, match="no list of posts"):
        open_archive(tmp_path)


@pytest.mark.parametrize("line", ["x" * 300_000, 'a,"' + "x" * 199_000 + "\n" + "x" * 199_000])
def test_endless_rows_are_refused(tmp_path, line):
    with pytest.raises(ArchiveRefusedError):
        list(open_archive(write(tmp_path, row(), line)).texts())


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_rows_are_read_or_refused(tmp_path, rows):
    write(tmp_path, row())
    content = HEAD + "\n".join(rows)
    (tmp_path / "posts.csv").write_bytes(content.encode(errors="replace"))

    try:
        found = list(open_archive(tmp_path).texts())
    except ArchiveRefusedError:
        return

    assert all(isinstance(one, Skipped) for one in found)
