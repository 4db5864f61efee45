"""What the importer takes from front matter, file names and folders, dates aside."""

from datetime import UTC, datetime

import pytest

from posts.importers.markdown import import_folder
from posts.models import Page, Post
from posts.tests.importing import import_text, only_post

pytestmark = pytest.mark.django_db


FACTS = ("Great day", "great", ["Ada King"], ["Django", "SQL"], datetime(2020, 1, 2, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Great day\nslug: great\ndate: 2020-01-02 08:00\ntags: [Django, SQL]\nauthor: Ada King\n---\nText.",
        "---\r\ntitle: Great day\r\nslug: great\r\ndate: 2020-01-02T09:00:00+01:00\r\ntags:\r\n- Django\r\n- SQL\r\nauthors:\r\n- name: Ada King\r\n---\r\nText.",
        '+++\ntitle = "Great day"\nslug = "great"\ndate = 2020-01-02T08:00:00Z\ntags = ["Django", "SQL"]\nauthors = ["Ada King"]\n+++\nText.',
        '{"title": "Great day", "slug": "great", "date": "2020-01-02T08:00:00Z", "tags": ["Django", "SQL", "sql"], "author": "Ada King"}\n\nText.',
        "Title: Great day\nSlug: great\nDate: 2020-01-02 08:00\nTags: Django,\n    SQL\nAuthor: Ada King\n\nText.",
        '\ufeff---\ntitle: "Great day"\nslug: great\npublished_at: 2020-01-02 03:00:00 -0500\ncategories: Django\ntags: SQL\nauthor: Ada King\n---\nText.',
    ],
    ids=["yaml", "yaml-crlf", "toml", "json", "pelican", "yaml-bom"],
)
def test_every_kind_of_front_matter_says_the_same(tmp_path, text):
    import_text(tmp_path, text)

    post = only_post()
    authors = [user.display_name for user in post.author_list]
    tags = sorted(tag.name for tag in post.tags.all())
    assert (post.title, post.slug, authors, tags, post.published_at) == FACTS
    assert post.body == "Text.\n"


@pytest.mark.parametrize(
    ("encoding", "remark"), [("utf-16", ""), ("utf-8-sig", ""), ("cp1252", "Windows-1252")]
)
def test_encodings_are_recognised(tmp_path, encoding, remark):
    report = import_text(
        tmp_path, "---\ntitle: Café\ndate: 2020-01-02\n---\nÀ la carte".encode(encoding)
    )

    assert (only_post().title, only_post().body) == ("Café", "À la carte\n")
    assert remark in " ".join(problem["reason"] for problem in report.problems)


def test_broken_front_matter_is_reported_and_read_as_far_as_possible(tmp_path):
    report = import_text(tmp_path, "---\ntitle: Django: a love story\ndate: 2019-01-01\n---\nText.")

    assert only_post().title == "Django: a love story"
    assert "broken" in report.problems[0]["reason"]


@pytest.mark.parametrize(
    "head",
    [
        "- a\n- b",
        "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a, *a]" for n in range(30)),
        "a: " + "[" * 20_000,
        "a: " + "- " * 2_000,
        "a: " + "x" * 300_000,
    ],
    ids=["list", "aliases", "brackets", "dashes", "long"],
)
def test_hostile_front_matter_is_reported_and_does_not_stop_the_file(tmp_path, head):
    report = import_text(tmp_path, f"---\n{head}\n---\nText.", "2019-01-01-a.md")

    assert only_post().body == "Text.\n"
    assert report.problems


def test_yaml_tags_build_nothing(tmp_path):
    mark = tmp_path / "executed"

    import_text(
        tmp_path, f'---\ntitle: !!python/object/apply:os.system ["touch {mark}"]\n---\nText.'
    )

    assert not mark.exists()
    assert only_post().body == "Text.\n"


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ("tags: a, b", ["a", "b"]),
        ("tags: [a, [b, c]]", ["a", "b", "c"]),
        ("tags: [2019, 1.10, no]", ["1.10", "2019", "no"]),
        ("tags: [Python, python, PYTHON]", ["Python"]),
        ("tags:\ncategory: Web", ["Web"]),
        ("categories: [{name: Web}]\ntags: a", ["a", "Web"]),
    ],
)
def test_tags_come_in_every_shape(tmp_path, head, tags):
    import_text(tmp_path, f"---\n{head}\n---\nText.")

    assert sorted((tag.name for tag in only_post().tags.all()), key=str.lower) == tags


def test_jekyll_divides_tags_at_spaces(tmp_path):
    import_text(
        tmp_path, "---\ntags: web design\ncategory: two words\n---\nText.", "_posts/2020-01-02-a.md"
    )

    assert {tag.name for tag in only_post().tags.all()} == {"web", "design", "two words"}


def test_signs_in_tags_keep_their_slugs_apart(tmp_path):
    import_text(tmp_path, "---\ntags: [C, C++, 'C#', Node.js]\n---\nText.")

    slugs = {tag.name: tag.slug for tag in only_post().tags.all()}
    assert slugs == {"C": "c", "C++": "c-plus-plus", "C#": "c-sharp", "Node.js": "node-js"}


def test_authors_are_described_by_the_folder(tmp_path):
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data/authors.yml").write_text(
        "ada:\n  name: Ada King\n  bio: Counts.\n  url: https://example.org/ada\n"
    )

    import_text(tmp_path, "---\nauthors: [ada, Grace Hopper]\n---\nText.", "_posts/2020-01-02-a.md")

    facts = [(u.display_name, u.handle, u.bio, u.links, u.email) for u in only_post().author_list]
    assert facts == [
        ("Ada King", "ada", "Counts.", "https://example.org/ada", None),
        ("Grace Hopper", "grace-hopper", "", "", None),
    ]


def test_own_fields_come_back(tmp_path):
    (tmp_path / "2019-01-01-new.md").write_text("---\ntitle: New\n---\nText.")
    import_text(
        tmp_path,
        "---\ntitle: Old\ndate: 2018-01-01\nlastmod: 2018-02-01\nguid: 'tag:example.org,2018:x'\n"
        "series: A tour\nseries_order: 3\nsummary: In short.\nevergreen: true\ncomments: false\n"
        "language: zh_Hans\nsuperseded_by: new\ncanonical_url: https://example.org/old\nrobots: noindex\n---\nText.",
        "old.md",
    )

    post = Post.objects.get(slug="old")
    assert (post.guid, post.series.title, post.series_part) == (
        "tag:example.org,2018:x",
        "A tour",
        3,
    )
    assert (post.summary, post.evergreen, post.comments_open) == ("In short.", True, False)
    assert (post.language, post.noindex) == ("zh-Hans", True)
    assert post.canonical_url == "https://example.org/old"
    assert post.superseded_by.slug == "new"
    assert post.updated_at == datetime(2018, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("は-particle-wa.md", "は-particle-wa"),
        ("C# notes.v2.md", "C-notes-v2"),
        ("will_tirone/index.md", "will_tirone"),
    ],
)
def test_slug_keeps_letters_of_any_script_and_fits_the_address(client, tmp_path, name, slug):
    import_text(tmp_path, "Text.", name)

    assert only_post().slug == slug
    assert client.get(only_post().get_absolute_url()).status_code == 200


def test_equal_slugs_both_survive_and_their_old_addresses_part(client, tmp_path):
    reports = [
        import_text(tmp_path, f"---\ntitle: T{day}\n---\nText.", f"_posts/2020-01-{day}-same.md")
        for day in ("01", "02", "03")
    ]

    slugs = Post.objects.order_by("published_at").values_list("slug", flat=True)
    assert list(slugs) == ["same", "same-2", "same-3"]
    told = "The slug “same” was taken; it is at /post/same-3/."
    assert told in [problem["reason"] for problem in reports[-1].problems]
    assert client.get("/2020/01/02/same.html")["Location"] == "/post/same-2/"


@pytest.mark.parametrize(
    ("files", "old"),
    [
        ({"_posts/2020-01-02-a.md": "---\ncategories: [x]\n---\nT"}, "/x/2020/01/02/a.html"),
        ({"_posts/2020-01-02-a.md": "---\npermalink: /go/:title/\n---\nT"}, "/go/a/"),
        ({"_config.yml": "permalink: /:year/:title.html", "_posts/2020-01-02-a.md": "T"}, "/2020/a.html"),
        ({"_config.yml": "baseurl: /blog", "_posts/2020-01-02-a.md": "T"}, "/blog/2020/01/02/a.html"),
        ({"_posts/2020-01-02-a.md": "---\nredirect_from: /old/\n---\nT"}, "/old/"),
        ({"content/posts/Big Day.md": "---\ntitle: T\n---\nT"}, "/posts/big-day/"),
        ({"content/posts/a.md": "---\naliases: [b]\n---\nT"}, "/posts/b"),
        ({"hugo.toml": '[permalinks]\nposts = "/:year/:slug/"', "content/posts/a.md": "---\ndate: 2020-05-06\n---\nT"}, "/2020/a/"),
        ({"content/a.md": "Title: Big Day\nDate: 2020-01-01\n\nT"}, "/big-day.html"),
        ({"pelicanconf.py": 'ARTICLE_URL = "{date:%Y}/{slug}/"', "content/a.md": "Title: B\nDate: 2020-01-01\n\nT"}, "/2020/b/"),
        ({"content/a.md": "Title: B\nDate: 2020-01-01\nsave_as: x/y.html\n\nT"}, "/x/y.html"),
        ({"a.md": "---\naliases: https://example.org/from/there.html\n---\nT"}, "/from/there.html"),
    ],
)  # fmt: skip
def test_old_address_leads_to_the_post(client, tmp_path, files, old):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    import_folder(tmp_path)

    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, only_post().get_absolute_url())


def test_pages_sections_and_terms_are_no_posts(tmp_path):
    files = {
        "_index.md": "---\ntitle: Home\n---\nHello",
        "about.md": "---\ntitle: About\ndate: 2020-01-01\n---\nUs",
        "search.md": "---\ntitle: Search\nlayout: search\n---\nx",
        "posts/_index.md": "---\ntitle: Posts\n---\n",
        "posts/a.md": "---\ntitle: A\ntags: [Web]\nauthors: [ada]\n---\nT",
        "posts/b.md": "---\ntitle: B\n---\nT",
        "posts/c/index.md": "---\ntitle: C\n---\nT",
        "talks/d.md": "---\ntitle: D\ndate: 2020-01-01\n---\nT",
        "legal/terms.md": "---\ntitle: Terms\n---\nT",
        "tags/web/_index.md": "---\ntitle: Web\n---\nAll about it.",
        "authors/ada.md": "---\ntitle: Ada King\n---\nCounts.",
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    import_folder(tmp_path)

    assert set(Post.objects.values_list("slug", flat=True)) == {"a", "b", "c", "d"}
    assert set(Page.objects.values_list("slug", "in_navigation")) == {
        ("about", True),
        ("terms", False),
    }
    post = Post.objects.get(slug="a")
    assert post.tags.get().description == "All about it."
    assert (post.author_list[0].display_name, post.author_list[0].bio) == ("Ada King", "Counts.")


def test_page_never_takes_an_address_of_the_site(tmp_path):
    import_text(tmp_path, "---\ntitle: Author\nlayout: page\n---\nT", "author.md")

    assert Page.objects.get().slug == "author-2"
