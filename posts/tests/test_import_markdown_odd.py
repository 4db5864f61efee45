"""Odd files, settings and folders that real blogs have."""

import os
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from posts.importers.markdown import import_folder
from posts.models import Page, Post
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def import_files(folder, files: dict[str, str | bytes]) -> list[str]:
    """Import these files; returns what the report tells, one sentence for each problem."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [problem["reason"] for problem in import_folder(folder).problems]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: Open\ndate: 2020-01-01\ntags:\n- a\n- b\n\nText.", "has no end"),
        ('+++\ntitle = "Open"\ndate = 2020-01-01\ntags = [\n+++\nText.', "broken"),
        ("---\n\ttitle: Open\ndate: 2020-01-01\n---\nText.", "broken"),
        ("---\ntitle: 'Open'\ndate: 2020-01-01\nkey: [1\n---\nText.", "broken"),
        ("---\ntitle: Open\ndate: 2020-01-01\nbad: {a: b: c}\n---\nText.", "broken"),
        ("---\ntitle: Open\ndate: 2020-01-01\nx:\t[a]\n---\nText.", "tabs"),
    ],
)
def test_damaged_head_is_reported_and_its_text_comes_in(tmp_path, text, reason):
    told = import_files(tmp_path, {"2020-01-01-open.md": text})

    post = Post.objects.get()
    assert (post.title, post.body, post.published_at) == (
        "Open", "Text.\n", datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert reason in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "{: .lead}\nNo front matter.",
        '{"not": json}\n\nText.',
        "Note: this is prose and no front matter.\n\nText.",
        "---\n\nA rule, not front matter.",
        "---\nJust a line\n---\nText.",
    ],
)
def test_text_that_only_looks_like_front_matter_is_kept_or_told(tmp_path, text):
    told = import_files(tmp_path, {"2020-01-01-a.md": text})

    assert text.splitlines()[-1] in Post.objects.get().body
    assert bool(told) == ("Just a line" in text)


def test_empty_front_matter_is_none(tmp_path):
    assert import_files(tmp_path, {"2020-01-01-a.md": "---\n---\nText."}) == []

    assert Post.objects.get().body == "Text.\n"


@pytest.mark.parametrize(
    "files",
    [
        {"data/authors.toml": '[ada]\nname = "Ada King"\nbio = "Counts."\n'},
        {"_data/authors.json": '[{"id": "ada", "name": "Ada King", "bio": "Counts."}]'},
        {"_authors/ada.md": "---\nname: Ada King\n---\nCounts."},
        {"_authors/ada.yml": "name: Ada King\nbio: Counts.\n"},
        {"authors/ada/_index.md": "---\ntitle: Ada King\n---\nCounts."},
    ],
)
def test_list_of_authors_may_have_many_forms(tmp_path, files):
    import_files(tmp_path, files | {"posts/a.md": "---\nauthor: ada\ndate: 2020-01-01\n---\nT"})

    author = Post.objects.get(slug="a").author_list[0]
    assert (author.handle, author.display_name, author.bio) == ("ada", "Ada King", "Counts.")


@pytest.mark.parametrize("content", [": [", b"\x00\x01", "just words", '[{"a": 1}'])
def test_damaged_list_of_authors_counts_as_none(tmp_path, content):
    files = {
        "_data/authors.yml": content,
        "_data/authors.json": content,
        "data/authors.toml": content,
    }

    import_files(tmp_path, files | {"a.md": "---\nauthor: Ada King\ndate: 2020-01-01\n---\nT"})

    assert Post.objects.get().author_list[0].display_name == "Ada King"


@pytest.mark.parametrize(
    "conf",
    [
        {"_config.yml": "timezone: America/New_York\n"},
        {"hugo.toml": 'timeZone = "America/New_York"\n'},
        {"config/_default/config.json": '{"timeZone": "America/New_York"}'},
        {"pelicanconf.py": 'import os\nTIMEZONE = "America/New_York"\nX = os.sep\n'},
    ],
)
def test_dates_without_zone_are_in_the_zone_of_the_old_blog(tmp_path, conf):
    import_files(
        tmp_path, conf | {"content/a.md": "---\ntype: post\ndate: 2020-07-01 08:00\n---\nT"}
    )

    text = Post.objects.first() or Page.objects.get()
    assert text.published_at == datetime(2020, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "conf",
    [
        {"_config.yml": "timezone: Mars/Base\nurl: 'http://['"},
        {"_config.yml": "- a list"},
        {"_config.yml": "a: [" },
        {"hugo.toml": "x ="},
        {"pelicanconf.py": "def (:"},
    ],
)  # fmt: skip
def test_damaged_settings_count_as_none(tmp_path, conf):
    import_files(
        tmp_path,
        conf | {"_posts/2020-07-01-a.md": "T", "content/b.md": "---\ndate: 2020-07-01\n---\nT"},
    )

    moments = [text.published_at for model in (Post, Page) for text in model.objects.all()]
    assert set(moments) == {datetime(2020, 7, 1, tzinfo=UTC)}


def test_links_with_the_old_host_are_links_within_the_blog(tmp_path):
    import_files(
        tmp_path,
        {
            "_config.yml": "url: https://old.example.org\npermalink: /:title/",
            "_posts/2020-01-01-a.md": "T",
            "_posts/2020-01-02-b.md": "[a](https://old.example.org/a/?x=1) [h](https://old.example.org) [b](https://[broken)",
        },
    )

    assert Post.objects.get(slug="b").body == (
        "[a](/post/a/?x=1) [h](https://old.example.org) [b](https://[broken)\n"
    )


def test_hugo_file_name_tells_the_language(tmp_path):
    import_files(
        tmp_path,
        {
            "content/posts/a.md": "---\ntitle: A\n---\nT",
            "content/posts/a.fr.md": "---\ntitle: A\n---\nT",
            "content/posts/b/index.de.md": "---\ntitle: B\n---\nT",
        },
    )

    found = set(Post.objects.values_list("slug", "language"))
    assert found in (
        {("a", ""), ("a-2", "fr"), ("b", "de")},
        {("a", "fr"), ("a-2", ""), ("b", "de")},
    )


def test_what_cannot_be_used_is_told(tmp_path):
    make_post(guid="tag:taken")
    head = (
        f"title: {'long ' * 60}\ndate: someday\nguid: tag:taken\nseries: [One, Two]\n"
        "canonical_url: 'javascript:1'\nsuperseded_by: nothing\nlanguage: <en>\n"
        "cover: https://example.org/cover.png"
    )

    told = import_files(
        tmp_path, {"2020-01-01-a.md": f"---\n{head}\n---\n[file](b.pdf)", "b.pdf": "x"}
    )

    post = Post.objects.get(source__endswith="a.md")
    assert (len(post.title), post.series.title, post.language, post.canonical_url) == (
        250,
        "One",
        "",
        "",
    )
    assert post.guid not in {"", "tag:taken"}
    assert told == [
        "The title was longer than 250 characters and was cut.",
        "The date “someday” is not understood.",
        "Linked files that are not pictures stay behind: b.pdf.",
        "The cover picture is on another site: https://example.org/cover.png.",
        "The original address “javascript:1” cannot be used.",
        "It is in several series; only the first was taken.",
        "There is no post “nothing” to supersede it.",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "header:\n  teaser: gone.png",
        "resources:\n- name: featuredImage\n  src: gone.png",
        "images: [gone.png]",
        "cover: {image: gone.png, relative: true}",
    ],
)
def test_cover_is_found_under_the_keys_of_themes(tmp_path, head):
    told = import_files(tmp_path, {"a.md": f"---\ndate: 2020-01-01\n{head}\n---\nT"})

    assert told == ["The cover picture is not in the folder: gone.png."]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("{% highlight js %}a{% endhighlight %} and on", "```js\na\n```\n and on"),
        ("{% highlight js %}\nnever closed", "{% highlight js %}\nnever closed"),
        ("{{< instagram abc >}}", "[https://www.instagram.com/p/abc/](https://www.instagram.com/p/abc/)"),
        ("{{< tweet nobody >}}", "{{< tweet nobody >}}"),
        ('{{< ref "unknown.md" >}}', '{{< ref "unknown.md" >}}'),
        ('[x]({{< ref "#part" >}})', "[x](#part)"),
        ("{{< figure >}}", "{{< figure >}}"),
        ('{{< figure src="https://example.org/a b.png" attr="Ada" link="https://example.org/" >}}',
         '[![(Ada)](<https://example.org/a b.png> "(Ada)")](https://example.org/)'),
        ("{% include figure.html src=page.image %}", "{% include figure.html src=page.image %}"),
        ('{% include vimeo.html id="12" %}', "https://vimeo.com/12"),
        ('{% include toc.html %}', "{% include toc.html %}"),
        ("{% gist <b> %}", "{% gist <b> %}"),
        ("{% video https://example.org/film.mp4 %}", "[film.mp4](https://example.org/film.mp4)"),
        ("{% img %}", "{% img %}"),
        ('[mail]({{ "mailto:a@example.org" | url }})', "[mail](mailto:a@example.org)"),
    ],
)  # fmt: skip
def test_odd_template_code(tmp_path, text, body):
    import_files(tmp_path, {"2020-01-01-a.md": text})

    assert Post.objects.get().body.strip() == body


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder_is_said_in_a_sentence(tmp_path):
    (tmp_path / "blog").mkdir(mode=0)

    with pytest.raises(CommandError, match="may not be read"):
        call_command("import_markdown", tmp_path / "blog")


def test_pipe_in_the_folder_is_no_text(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")

    assert import_files(tmp_path, {"a.md": "---\ndate: 2020-01-01\n---\nT"}) == [
        "It leads outside the folder, or is gone."
    ]


def test_file_name_that_is_no_text_is_reported(tmp_path):
    told = import_files(tmp_path, {os.fsdecode(b"caf\xe9.md"): "T", "2020-01-01-a.md": "T"})

    assert told == ["Its name is not UTF-8."]
    assert Post.objects.get().slug == "a"


def test_language_folders_of_hugo_are_no_sections(tmp_path):
    import_files(
        tmp_path,
        {
            "content/en/posts/a.md": "---\ntitle: A\n---\nT",
            "content/en/posts/b.md": "---\ntitle: B\n---\nT",
            "content/de/posts/a.md": "---\ntitle: A\n---\nT",
            "content/en/_index.md": "---\ntitle: Home\n---\nT",
            "content/en/about.md": "---\ntitle: About\n---\nT",
        },
    )

    assert Post.objects.count() == 3
    assert (Post.objects.get(slug="b").language, Page.objects.get().slug) == ("en", "about")


def test_html_is_reported_only_where_texts_are(tmp_path):
    told = import_files(
        tmp_path,
        {"_posts/2020-01-01-a.md": "T", "_posts/2020-01-01-b.html": "x", "index.html": "x"},
    )

    assert told == ["HTML is not Markdown."]


def test_folder_in_a_folder_that_is_a_link_is_not_followed_twice(tmp_path):
    import_files(tmp_path, {"one/a.md": "---\ndate: 2020-01-01\n---\nT"})
    os.symlink(tmp_path, tmp_path / "one" / "loop")

    assert import_folder(tmp_path).posts.unchanged == 1


def test_folder_without_a_name_is_not_the_present_one():
    """As from a script whose variable was never set."""
    with pytest.raises(CommandError, match="Name the folder"):
        call_command("import_markdown", "")
