"""What exports of WordPress say beside the usual, and how broken or hostile files are read."""

from datetime import UTC, datetime

import pytest

from posts.importers.archives.records import (
    ArchiveRefusedError,
    Decision,
    Group,
    Skipped,
    Sort,
    Status,
    Text,
)
from posts.importers.wordpress import elements
from posts.importers.wordpress.archive import open_archive
from posts.tests.wxr import HEAD, TAIL, body, export, item, meta, read, remark


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "publish"}, Status.PUBLISHED),
        ({"status": "publish", "post_password": " "}, Status.PASSWORD),
        ({"status": "future"}, Status.SCHEDULED),
        ({"status": "private"}, Status.PRIVATE),
        ({"status": "trash"}, Status.TRASHED),
        ({"status": ""}, Status.DRAFT),
        ({"status": "embargo"}, Status.DRAFT),
    ],
)
def test_status_is_public_only_where_the_export_says_so(tmp_path, fields, status):
    [text] = read(tmp_path, export(item(**fields)))

    assert text.status == status


def test_dates_without_utc_take_the_offset_of_their_month(tmp_path):
    summer = item(number="1")
    winter = item(number="2", post_date="2020-01-01 13:00:00", post_date_gmt="2020-01-01 12:00:00")
    unknown = item(number="3", post_date="2020-07-09 14:00:00", post_date_gmt="0000-00-00 00:00:00")

    *_, text = read(tmp_path, export(summer, winter, unknown))

    assert text.published_at == datetime(2020, 7, 9, 12, tzinfo=UTC)


def test_addresses_have_number_old_slugs_and_parents(tmp_path):
    parent = item(number="7", post_type="page", post_name="about")
    child = item(
        meta("_wp_old_slug", "crew"),
        number="8",
        post_type="page",
        post_name="text-8",
        post_parent="7",
    )

    _, page = read(tmp_path, export(parent, child))

    assert page.addresses == [
        "https://old.example/blog/text-8/",
        "https://old.example/blog/?page_id=8",
        "https://old.example/blog/about/text-8/",
        "https://old.example/blog/crew/",
    ]


def test_pages_that_are_their_own_parents_end(tmp_path):
    page = item(number="7", post_type="page", post_parent="7")

    [text] = read(tmp_path, export(page))

    assert text.kind == "page"


def test_cover_series_and_groups_are_found(tmp_path):
    attachment = item(
        meta("_wp_attachment_image_alt", "A cat"),
        number="5",
        post_type="attachment",
        attachment_url="https://old.example/a.jpg",
    )
    post = item(
        meta("_thumbnail_id", "5")
        + meta("_series_part", "2")
        + '<category domain="series" nicename="tour"><![CDATA[The tour]]></category>'
        '<category domain="post_tag" nicename="caf%c3%a9"><![CDATA[Café &amp; bar]]></category>'
        '<category domain="post_format" nicename="aside"><![CDATA[Aside]]></category>'
    )

    text, skipped = read(tmp_path, export(post, attachment))

    assert (text.cover, text.cover_alt) == ("https://old.example/a.jpg", "A cat")
    assert (text.series, text.series_part) == ("The tour", 2)
    assert text.groups == [Group("Café & bar", "café")]
    assert isinstance(skipped, Skipped)


def test_comments_keep_thread_state_and_kind(tmp_path):
    head = (
        HEAD
        + "<wp:author><wp:author_id>3</wp:author_id><wp:author_login>ann</wp:author_login></wp:author>"
    )
    post = item(
        remark(
            "1",
            "<wp:comment_approved>1</wp:comment_approved><wp:comment_user_id>3</wp:comment_user_id>",
        )
        + remark(
            "2",
            "<wp:comment_approved>0</wp:comment_approved><wp:comment_parent>1</wp:comment_parent>",
        )
        + remark("3", "<wp:comment_approved>trash</wp:comment_approved>")
        + remark(
            "4",
            "<wp:comment_approved>spam</wp:comment_approved><wp:comment_type>pingback</wp:comment_type>",
        )
        + remark(
            "5",
            "<wp:comment_approved>1</wp:comment_approved><wp:comment_type>order_note</wp:comment_type>",
        )
    )

    [text] = read(tmp_path, export(post, head=head))

    assert [(r.key, r.parent, r.decision, r.sort, r.person) for r in text.remarks] == [
        ("1", "", Decision.APPROVED, Sort.COMMENT, "ann"),
        ("2", "1", Decision.PENDING, Sort.COMMENT, ""),
        ("3", "", Decision.REMOVED, Sort.COMMENT, ""),
        ("4", "", Decision.SPAM, Sort.PINGBACK, ""),
    ]
    assert text.problems == ["1 comments of the kind “order_note” do not come in."]


def test_languages_are_the_sites_and_code_is_left_alone(tmp_path):
    post = item("<title>[:fr]Ciel[:en]Heaven[:]</title>" + body("[:fr]Bleu[:en]Blue `a[:id]`[:]"))
    code = item(body("Use `words[:id]` and `words[:en]`"), number="2")

    text, other = read(tmp_path, export(post, code))

    assert (text.title, text.body, text.language) == ("Heaven", "Blue `a[:id]`", "en")
    assert text.problems == ["It is in several languages: “en” comes in, but not fr."]
    assert other.body == "Use `words[:id]` and `words[:en]`"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
        ("<![CDATA[a ]]> <b>c</b> ]]>", "a ]]> <b>c</b> "),
        ("<![CDATA[a </content:encoded> b]]>", "a </content:encoded> b"),
        ("<![CDATA[a </item><item> b]]>", "a </item><item> b"),
        ("<![CDATA[never ended", "never ended"),
        ("<p>AT&T &lt;b&gt; &nbsp;</p>", "<p>AT&T <b> &nbsp;</p>"),
        ("&#xD800;&#0;&#x41;", "\ufffd\ufffdA"),
        ("<![CDATA[a\x00\x08b\r\nc]]>", "ab\nc"),
        ("&xxe;", "&xxe;"),
    ],
)
def test_texts_are_mended(tmp_path, written, read_as):
    first = item(
        f"<content:encoded>{written}</content:encoded><excerpt:encoded><![CDATA[e]]></excerpt:encoded>"
    )

    text, second = read(tmp_path, export(first, item(number="2")))

    assert (text.body, text.summary, second.key) == (read_as, "e", "2")


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Café".encode(), "Café"),
        ("Café".encode("latin-1"), "Café"),
        ("“Café”".encode("cp1252") + " é".encode(), "“Café” é"),
    ],
)
@pytest.mark.parametrize("declared", [b"UTF-8", b"ISO-8859-1", b"no-such", b"punycode"])
def test_bytes_are_read_whatever_the_file_declares(tmp_path, content, title, declared):
    file = export(item("<title>@</title>")).encode().replace(b"UTF-8", declared)

    [text] = read(tmp_path, b"\n\n  " + file.replace(b"@", content))

    assert text.title == title


def test_utf_16_is_read(tmp_path):
    [text] = read(tmp_path, export(item("<title>Ж</title>")).encode("utf-16"))

    assert text.title == "Ж"


def test_file_that_is_cut_off_gives_what_comes_before(tmp_path):
    whole = export(item(number="1"), item("<title>Last</title>" + body("word " * 9), number="2"))

    text, skipped = read(tmp_path, whole[: whole.index("word word")])

    assert (text.key, skipped.key) == ("1", "2")
    assert "export it again" in skipped.reason


def test_same_number_twice_gives_both(tmp_path):
    first, second = read(tmp_path, export(item(), item()))

    assert (first.key, second.key) == ("1", "1-2")
    assert second.problems == ["Another item of the file has the same number."]


def test_items_without_end_tags_are_kept_apart(tmp_path):
    file = export(item(number="1"), item("<wp:strange>", number="2")).replace("</item>", "", 1)

    texts = read(tmp_path, file)

    assert [text.key for text in texts] == ["1", "2"]


def test_item_over_the_limit_is_skipped(tmp_path):
    path = tmp_path / "export.xml"
    with path.open("w") as file:
        file.write(HEAD + item(number="1") + "<item><wp:post_id>2</wp:post_id><content:encoded>")
        for _ in range(elements.CHARACTERS_AT_MOST // 1_000_000 + 3):
            file.write("x" * 1_000_000)
        file.write("</content:encoded></item>" + item(number="3") + TAIL)

    first, skipped, last = open_archive(path).texts()

    assert [first.key, skipped.key, last.key] == ["1", "2", "3"]
    assert isinstance(skipped, Skipped)


@pytest.mark.parametrize("nonsense", ["<a>" * 50_000, "<wp:postmeta>" * 300_000, "<" * 500_000])
def test_deep_or_endless_nesting_costs_one_item(tmp_path, nonsense):
    records = read(tmp_path, export(item(nonsense), item(number="2")))

    assert records[-1].key == "2"


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE rss>",
        '<!doctype rss [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_document_types_are_refused_wherever_they_are(tmp_path, declaration):
    for file in (declaration + export(item()), export(item(), declaration, item())):
        with pytest.raises(ArchiveRefusedError, match="document type"):
            read(tmp_path, file)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\0" * 1000,
        "Not XML < at all",
        "<rss><channel><title>A feed</title><item><title>x</title></item></channel></rss>",
        '<disqus xmlns="http://disqus.com"><thread/></disqus>',
        "<html><body>wp:post_id</body></html>",
    ],
)
def test_other_files_are_refused(tmp_path, content):
    with pytest.raises(ArchiveRefusedError, match="no export of WordPress"):
        read(tmp_path, content)


def test_people_are_those_of_the_head_and_of_the_texts(tmp_path):
    path = tmp_path / "export.xml"
    ann = "<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann A</wp:author_display_name></wp:author>"
    path.write_text(export(ann, item("<dc:creator>ben</dc:creator>")))

    people = open_archive(path).people()

    assert [(each.key, each.name) for each in people] == [("ann", "Ann A"), ("ben", "ben")]


def test_media_comes_from_the_folder_and_never_from_outside(tmp_path):
    folder = tmp_path / "uploads"
    (folder / "2014/05").mkdir(parents=True)
    (folder / "2014/05/a.jpg").write_bytes(b"picture")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    path = tmp_path / "export.xml"
    path.write_text(export(item()))
    archive = open_archive(path, uploads=folder)

    def found(address: str) -> bytes | None:
        file = archive.media(f"https://old.example{address}")
        return file.read() if file else None

    assert found("/wp-content/uploads/2014/05/a-300x199.jpg") == b"picture"
    assert found("/files/2014/05/a.jpg?w=1") == b"picture"
    assert found("/wp-content/uploads/link.txt") is None
    assert found("/wp-content/uploads/../secret.txt") is None
    assert found("/wp-content/uploads/%2e%2e/secret.txt") is None
    assert found(f"/wp-content/uploads/{tmp_path}/secret.txt") is None
    assert found("/wp-content/uploads/%00") is None


def test_keys_and_records_stay_the_same(tmp_path):
    file = export(item(), item(), item(number=""))

    assert read(tmp_path, file) == read(tmp_path, file)
    assert all(isinstance(each, Text) for each in read(tmp_path, file))
