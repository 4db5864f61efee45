"""Exports of Ghost: what of their tables becomes which record."""

import json
import zipfile
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.conf import settings
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from posts.importers.archives.records import (
    ArchiveRefusedError,
    Decision,
    Group,
    Markup,
    Person,
    Skipped,
    Status,
)
from posts.importers.archives.values import moment_of
from posts.importers.ghost.archive import open_archive
from posts.tests.ghost import only_text, post, read_text, write_export

DATA = settings.BASE_DIR.parent / "shared" / "data"
NAMES = ["academia-binaria-v1.15-es", "ghost-v3-export", "ghost-v4-export", "mg-ghost-flat"]

needs_samples = pytest.mark.skipif(
    not (DATA / "expected.json").exists(), reason="the sample exports are not here (../shared/data)"
)


def expected(name: str) -> dict:
    return json.loads((DATA / "expected.json").read_text())["entries"][f"ghost/{name}.json"]


def raw_posts(name: str) -> list[dict]:
    data = json.loads((DATA / "ghost" / f"{name}.json").read_text())
    return (data["db"][0] if "db" in data else data)["data"]["posts"]


@needs_samples
@pytest.mark.parametrize("name", NAMES)
def test_sample_gives_what_was_counted(name):
    archive = open_archive(DATA / "ghost" / f"{name}.json")
    counted = expected(name)

    texts = list(archive.texts())

    hidden = sum(row.get("visibility", "public") != "public" for row in raw_posts(name))
    posts = Counter(str(text.status) for text in texts if text.kind == "post")
    assert posts.pop("private", 0) == hidden
    assert posts + Counter(published=hidden) == Counter(counted["posts"])
    assert Counter(str(text.status) for text in texts if text.kind == "page") == counted["pages"]
    assert len(list(archive.people())) == counted["users"]
    assert sum(len(text.groups) for text in texts) == counted["posts_tags_valid"]
    used = {group.slug for text in texts for group in text.groups if text.kind == "post"}
    assert len(used) == counted["tags_used_on_published_posts"]
    known = {person.key for person in archive.people()}
    assert all(len(text.authors) == bool(known) and known >= {*text.authors} for text in texts)


@needs_samples
@pytest.mark.parametrize("name", NAMES)
def test_sample_has_the_fields_looked_at_by_hand(name):
    texts = {text.slug: text for text in open_archive(DATA / "ghost" / f"{name}.json").texts()}

    for spot in expected(name)["spot"]:
        text = texts[spot["slug"]]
        assert (text.kind, text.title) == (spot["type"], spot["title"])
        assert text.published_at == moment_of(spot["published_at"])
        assert [group.slug for group in text.groups] == spot["tags"]


@needs_samples
@pytest.mark.parametrize("name", NAMES)
def test_sample_keeps_its_code_as_it_was(name):
    """Against the page that Ghost itself made of the same text."""
    texts = list(open_archive(DATA / "ghost" / f"{name}.json").texts())

    for text, row in zip(texts, raw_posts(name), strict=True):
        assert codes_of(text.body, text.markup) == codes_in_html(row["html"]), text.slug


def codes_of(body: str, markup: Markup) -> list[str]:
    if markup == Markup.HTML:
        return codes_in_html(body)
    tokens = MarkdownIt("commonmark").parse(body)
    written = [token for token in tokens if token.type in ("fence", "code_block", "html_block")]
    return [
        code.strip()
        for token in written
        for code in (
            codes_in_html(token.content) if token.type == "html_block" else [token.content]
        )
    ]


def codes_in_html(html: str) -> list[str]:
    blocks = lxml_html.fragment_fromstring(html, create_parent="div").iter("pre")
    return [block.text_content().strip() for block in blocks]


@needs_samples
@pytest.mark.parametrize("name", ["ghost-broken", "redirects"])
def test_other_json_is_refused(name):
    with pytest.raises(ArchiveRefusedError, match="no export of Ghost"):
        open_archive(DATA / "ghost" / f"{name}.json")


@needs_samples
def test_redirects_beside_it_come_in_where_they_name_one_address():
    archive = open_archive(DATA / "ghost" / "mg-ghost-flat.json")

    found = list(archive.redirects())

    assert ("/my-old-blog-post/", "/revamped-url/") in found
    assert ("/what", "/what-does-god-say") in found
    assert ("/case-insensitive", "/redirected-insensitive") in found
    assert len(found) + len(archive.problems) == 15
    assert not any("$" in target or "(" in source for source, target in found)


def test_redirects_in_yaml_are_read(tmp_path):
    (tmp_path / "redirects.yaml").write_text("301:\n  /a/: /b/\n302:\n  ^/c/(.*)$: /d/$1\n")
    archive = open_archive(write_export(tmp_path / "a.json", posts=[]))

    assert list(archive.redirects()) == [("/a/", "/b/")]
    assert len(archive.problems) == 1


@pytest.mark.parametrize(
    ("fields", "status", "is_told"),
    [
        ({}, Status.PUBLISHED, False),
        ({"visibility": None}, Status.PUBLISHED, False),
        ({"status": "draft"}, Status.DRAFT, False),
        ({"status": "scheduled"}, Status.SCHEDULED, False),
        ({"status": "sent"}, Status.PRIVATE, True),
        ({"visibility": "members"}, Status.PRIVATE, True),
        ({"visibility": "paid"}, Status.PRIVATE, True),
        ({"visibility": "tiers"}, Status.PRIVATE, True),
        ({"visibility": "something new"}, Status.PRIVATE, True),
        ({"visibility": ["public"]}, Status.PRIVATE, True),
        ({"visibility": "paid", "status": "scheduled"}, Status.PRIVATE, True),
        ({"visibility": "paid", "status": "draft"}, Status.DRAFT, True),
        ({"status": "something new"}, Status.DRAFT, True),
        ({"status": None}, Status.DRAFT, True),
    ],
)
def test_only_what_everybody_could_read_is_public(tmp_path, fields, status, is_told):
    text = read_text(tmp_path, post(**fields))

    assert (text.status, bool(text.problems)) == (status, is_told)


def test_post_that_went_out_by_mail_only_is_private(tmp_path):
    text = read_text(tmp_path, post(), posts_meta=[{"post_id": "1", "email_only": 1}])

    assert text.status == Status.PRIVATE


def test_fields_of_a_post_are_read(tmp_path):
    row = post(
        custom_excerpt="About tea",
        feature_image="__GHOST_URL__/content/images/tea.png",
        canonical_url="https://elsewhere.example.org/tea/",
        codeinjection_head="<script></script>",
        uuid="u-1",
        updated_at="2024-02-02 03:04:05",
        created_at=1704067200000,
    )

    text = read_text(tmp_path, row, posts_meta=[{"post_id": "1", "feature_image_alt": "A cup"}])

    assert (text.summary, text.cover, text.cover_alt) == (
        "About tea", "/content/images/tea.png", "A cup",
    )  # fmt: skip
    assert text.canonical_url == "https://elsewhere.example.org/tea/"
    assert text.updated_at == datetime(2024, 2, 2, 3, 4, 5, tzinfo=UTC)
    assert text.created_at == datetime(2024, 1, 1, tzinfo=UTC)
    assert (text.addresses, text.guid) == (["/tea/"], "u-1")
    assert text.problems == ["Code of its own (code injection) was left out."]


def test_tags_come_in_their_order_without_internal_ones(tmp_path):
    tags = [
        {"id": 1, "name": "One", "slug": "one", "description": "First"},
        {"id": 2, "name": "Two", "slug": "two"},
        {"id": 3, "name": "#hidden", "slug": "hash-hidden", "visibility": "internal"},
    ]
    joins = [
        {"post_id": 1, "tag_id": 1, "sort_order": 5},
        {"post_id": 1, "tag_id": 2, "sort_order": 0},
        {"post_id": 1, "tag_id": 3, "sort_order": 1},
        {"post_id": 1, "tag_id": 99, "sort_order": 2},
        {"post_id": 99, "tag_id": 1, "sort_order": 0},
    ]

    text = read_text(tmp_path, post(id=1), tags=tags, posts_tags=joins)

    assert text.groups == [Group("Two", "two"), Group("One", "one", "First")]
    assert text.problems == ["The internal tag “#hidden” was left out."]


def test_authors_come_in_their_order(tmp_path):
    users = [{"id": "a", "name": "Ann"}, {"id": "b", "name": "Bo"}]
    joins = [
        {"post_id": "1", "author_id": "a", "sort_order": 1},
        {"post_id": "1", "author_id": "b", "sort_order": 0},
        {"post_id": "1", "author_id": "gone", "sort_order": 2},
    ]

    text = read_text(tmp_path, post(author_id="a"), users=users, posts_authors=joins)

    assert text.authors == ["b", "a"]


def test_users_become_people(tmp_path):
    user = {
        "id": 1, "name": "Ann", "slug": "ann", "email": "ann@example.org", "bio": "Writes",
        "website": "https://ann.example.org", "twitter": "@ann", "facebook": "ann",
        "profile_image": "//pictures.example.org/a", "password": "secret",
    }  # fmt: skip
    archive = open_archive(write_export(tmp_path / "a.json", users=[user, user]))

    assert list(archive.people()) == [
        Person(
            "1", "Ann", "ann", "ann@example.org", "Writes",
            ["https://ann.example.org", "https://twitter.com/ann", "https://www.facebook.com/ann"],
            "https://pictures.example.org/a",
        )
    ]  # fmt: skip


def test_comments_keep_threads_states_and_names(tmp_path):
    members = [{"id": "m", "name": "Mo", "email": "mo@example.org"}]
    at = "2024-03-01T00:00:00.000Z"
    comments = [
        {"id": "a", "post_id": "1", "member_id": "m", "status": "published", "html": "<p>1</p>", "created_at": at},
        {"id": "b", "post_id": "1", "member_id": "m", "parent_id": "a", "status": "hidden", "created_at": at},
        {"id": "c", "post_id": "1", "parent_id": "a", "in_reply_to_id": "b", "status": "deleted", "created_at": at},
        {"id": "d", "post_id": "1", "status": "new", "created_at": "nonsense"},
        {"id": "e", "post_id": "2", "status": "published", "created_at": at},
    ]  # fmt: skip

    remarks = read_text(tmp_path, post(), members=members, comments=comments).remarks

    assert [(one.key, one.parent, one.decision) for one in remarks] == [
        ("a", "", Decision.APPROVED),
        ("b", "a", Decision.REMOVED),
        ("c", "b", Decision.REMOVED),
        ("d", "", Decision.PENDING),
    ]
    assert (remarks[0].name, remarks[0].email, remarks[0].body) == (
        "Mo", "mo@example.org", "<p>1</p>",
    )  # fmt: skip
    assert remarks[3].created_at == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_old_export_is_read(tmp_path):
    """Ghost 0.x: bare, numbers as ids, milliseconds, Markdown, and a mark for pages."""
    data = {
        "posts": [
            {
                "id": 7, "uuid": "u", "title": "Old", "slug": "old", "markdown": "#Hello\na\nb",
                "html": "<h1>Hello</h1>", "image": "/content/images/a.png", "page": 1,
                "status": "published", "published_at": 1388318311015, "author_id": 1,
            }
        ],
        "users": [{"id": 1, "name": "Ann", "slug": "ann"}],
    }  # fmt: skip
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"meta": {"version": "003"}, "data": data}))

    text = only_text(path)

    assert (text.key, text.kind, text.authors, text.guid) == ("7", "page", ["1"], "u")
    assert (text.body, text.markup) == ("# Hello\na\\\nb", Markup.MARKDOWN)
    assert text.published_at.year == 2013


def test_addresses_follow_the_setting_of_old_versions(tmp_path):
    setting = {"key": "permalinks", "value": "/:year/:month/:day/:slug/"}

    text = read_text(tmp_path, post(), settings=[setting])

    assert text.addresses == ["/2024/01/02/tea/"]


def test_what_is_no_text_is_skipped(tmp_path):
    rows = [post(), post(), post(id=None, slug=""), post(id="3", type="note")]
    archive = open_archive(write_export(tmp_path / "a.json", posts=rows))

    found = list(archive.texts())

    assert [type(one) is Skipped for one in found] == [False, True, True, True]
    assert [one.key for one in found] == ["1", "1", "", "3"]


def test_zip_and_folder_hold_media(tmp_path):
    folder = tmp_path / "export"
    (folder / "content" / "images" / "2020").mkdir(parents=True)
    (folder / "content" / "images" / "2020" / "a b.png").write_bytes(b"picture")
    (folder / "data").mkdir()
    (folder / "data" / "redirects.json").write_text('[{"from": "/x/", "to": "/y/"}]')
    write_export(folder / "data" / "my.ghost.json", posts=[post()])
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as file:
        for path in folder.rglob("*.*"):
            file.write(path, path.relative_to(tmp_path))

    for archive in (open_archive(folder), open_archive(tmp_path / "export.zip")):
        assert [text.slug for text in archive.texts()] == ["tea"]
        assert list(archive.redirects()) == [("/x/", "/y/")]
        for address in (
            "__GHOST_URL__/content/images/2020/a%20b.png",
            "https://old.example.org/blog/content/images/size/w600/2020/a b.png?v=1",
        ):
            with archive.media(address) as picture:
                assert picture.read() == b"picture"
        assert archive.media("/content/images/../../data/my.ghost.json") is None
        assert archive.media("/content/images/missing.png") is None
        assert archive.media("http://[/content/images/a.png") is None


def test_zip_without_an_export_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.json", "{}")

    with pytest.raises(ArchiveRefusedError, match="no export of Ghost"):
        open_archive(tmp_path / "a.zip")
