"""Whole imports of real exports, counted independently in expected.json, and of hostile ones."""

import csv
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from posts.models import Page, Post
from posts.tests.importing import picture

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"

pytestmark = pytest.mark.django_db

real = pytest.mark.skipif(
    not (DATA / "expected.json").exists(), reason="the sample blogs are not here (../shared/data)"
)

SMALL = """<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title><link>https://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
{items}</channel></rss>"""

ITEM = """<item><title>{title}</title><link>https://old.example/2020/01/{slug}/</link>
<dc:creator>ada</dc:creator><content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_id>{key}</wp:post_id><wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>
{more}</item>"""


def item(key=1, title="First", slug="first", body="Text.", status="publish", more="") -> str:
    return ITEM.format(key=key, title=title, slug=slug, body=body, status=status, more=more)


def export(folder, *items: str) -> Path:
    path = folder / "export.xml"
    path.write_text(SMALL.format(items="".join(items)))
    return path


def imported(capsys, path, system="wordpress", **options) -> dict:
    call_command(f"import_{system}", str(path), json=True, **options)
    return json.loads(capsys.readouterr().out)


def expected(name: str) -> dict:
    return json.loads((DATA / "expected.json").read_text())["entries"][name]


@real
@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("wxr/theme-unit-test.xml", "wordpress"),
        ("wxr/wpi-small-export.xml", "wordpress"),
        ("wxr/wpi-valid-wxr-1.0.xml", "wordpress"),
        ("wxr/jekyll-import-sitetitle.xml", "wordpress"),
        ("ghost/academia-binaria-v1.15-es.json", "ghost"),
        ("ghost/ghost-v3-export.json", "ghost"),
    ],
)
def test_real_exports_come_in_as_counted_and_only_once(capsys, client, name, system):
    told = expected(name)

    first = imported(capsys, DATA / name, system)
    again = imported(capsys, DATA / name, system)

    wanted = told["posts"]
    assert first["posts"]["created"] == sum(wanted.values())
    assert first["pages"]["created"] == sum(told["pages"].values())
    assert again["posts"]["created"] == again["pages"]["created"] == 0
    assert again["comments"]["created"] == 0
    assert again["posts"]["unchanged"] == first["posts"]["created"]
    shown = Post.objects.published().count()
    assert wanted["publish" if system == "wordpress" else "published"] - shown <= told.get(
        "password_protected", 0
    )
    for hidden in Post.everything.exclude(pk__in=Post.objects.published()):
        assert client.get(hidden.get_absolute_url()).status_code in {404, 410}


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "trash", "nonsense"])
def test_what_was_not_public_is_not_public_here(capsys, client, tmp_path, status):
    imported(capsys, export(tmp_path, item(status=status)))

    post = Post.everything.get()
    assert not post.is_published
    assert client.get(post.get_absolute_url()).status_code in {404, 410}


def test_links_between_texts_follow_them(capsys, tmp_path):
    body = '<a href="http://www.old.example/2020/01/second/#end">on</a> <a href="/?p=2">short</a>'
    imported(capsys, export(tmp_path, item(body=body), item(2, "Second", "second")))

    post = Post.objects.get(slug="first")
    assert "[on](/post/second/#end)" in post.body
    assert "[short](/post/second/)" in post.body


def test_old_address_leads_to_the_new_one(capsys, client, tmp_path):
    listed = tmp_path / "addresses.csv"
    imported(capsys, export(tmp_path, item()), addresses=str(listed))

    assert client.get("/2020/01/first/").headers["Location"] == "/post/first/"
    with listed.open() as file:
        _head, *rows = csv.reader(file)
    assert ["/2020/01/first/", "/post/first/"] in rows
    # A spreadsheet would compute what begins with a sign.
    assert all(cell.startswith("/") for row in rows for cell in row)


def test_code_is_kept_byte_for_byte(capsys, tmp_path):
    code = "if a &lt; b:\n\treturn  `x`  \n\n```\n"
    imported(capsys, export(tmp_path, item(body=f"<pre><code>{code}</code></pre>")))

    assert "if a < b:\n\treturn  `x`  \n\n```\n" in Post.objects.get().body


def test_pictures_come_from_the_folder_of_uploads(capsys, tmp_path):
    folder = tmp_path / "uploads" / "2020" / "01"
    folder.mkdir(parents=True)
    (folder / "cat.png").write_bytes(picture())
    body = '<img src="https://old.example/wp-content/uploads/2020/01/cat.png" alt="A cat">'
    path = export(tmp_path, item(body=body))

    report = imported(capsys, path, uploads=str(tmp_path / "uploads"))

    assert report["images"] == {"imported": 1, "missing": 0, "remote": 0}
    assert "![A cat](/media/images/" in Post.objects.get().body


def test_changed_text_is_taken_again_and_an_edited_one_left(capsys, tmp_path):
    imported(capsys, export(tmp_path, item(), item(2, "Second", "second")))
    edited = Post.objects.get(slug="second")
    edited.body = "By hand."
    edited.save()

    report = imported(
        capsys, export(tmp_path, item(body="New."), item(2, "Second", "second", body="New."))
    )

    assert (report["posts"]["updated"], report["posts"]["unchanged"]) == (1, 1)
    assert Post.objects.get(slug="first").body == "New.\n"
    assert Post.objects.get(slug="second").body == "By hand."


def test_dry_run_tells_the_same_and_writes_nothing(capsys, tmp_path):
    path = export(tmp_path, item(), item(2, "Second", "second", status="draft"))

    tried = imported(capsys, path, dry_run=True)

    assert not Post.everything.exists()
    assert tried == imported(capsys, path)


def test_what_trips_one_text_up_keeps_the_others(capsys, tmp_path):
    long = item(2, "Long", "long", body="x" * 3_000_000)

    report = imported(capsys, export(tmp_path, item(), long))

    assert (report["posts"]["created"], report["posts"]["skipped"]) == (1, 1)
    assert "Longer than" in str(report["problems"])


@pytest.mark.parametrize(
    "content", ["", "no XML", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>", "{}"]
)
@pytest.mark.parametrize("system", ["wordpress", "ghost", "blogger", "medium", "substack", "feed"])
def test_file_of_another_kind_is_refused_in_one_sentence(tmp_path, system, content):
    path = tmp_path / "file"
    path.write_text(content)

    with pytest.raises(CommandError) as refusal:
        call_command(f"import_{system}", str(path))

    assert str(refusal.value).strip() and "\n" not in str(refusal.value)
    assert not Post.everything.exists() and not Page.everything.exists()
