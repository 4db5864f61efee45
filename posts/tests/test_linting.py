"""The linter: each rule, what it finds and where, and what it leaves alone."""

import pytest
from django.utils import timezone

from accounts import roles
from accounts.tests.factories import make_user
from posts.linting import Severity, blocking, check
from posts.models import Post
from posts.tests.factories import in_an_hour, make_page, make_post, make_tag

pytestmark = pytest.mark.django_db

SUMMARY = "What it is about, in a sentence."


def text(body, **fields) -> Post:
    """A text that is not stored and in order, but for its body."""
    return Post(**{"title": "A title", "slug": "own", "summary": SUMMARY, "body": body} | fields)


def found(body, **fields) -> list[tuple]:
    return [(finding.rule, finding.line) for finding in check(text(body, **fields))]


def test_text_in_order_has_no_findings():
    assert found("## Part\n\nWords.\n\n```python\nprint(1)\n```\n") == []


# --- Headings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# One\n\n## Two\n", [("heading-level", 1)]),
        ("words\n\nOne\n===\n", [("heading-level", 3)]),
        ("### Three\n", [("heading-order", 1)]),
        ("## Two\n\n#### Four\n", [("heading-order", 3)]),
        ("## Two\n\n### Three\n\n## Two\n", []),
        ("```\n# a comment\n```\n", []),
    ],
)
def test_headings_are_in_order(body, expected):
    assert found(body) == expected


# --- Code -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("words\n\n```pyton\nx\n```\n", [("fence-language", 3)]),
        ("```\nx\n```\n", []),
        ("```text\nx\n```\n", []),
        ("```math\nx\n```\n", []),
        ("words\n\n```\nx\n\n", [("fence-unclosed", 3)]),
        ("~~~\nx\n```\n", [("fence-unclosed", 1)]),
        ("> ```\n> x\n\nwords\n", [("fence-unclosed", 1)]),
        ("- a\n\n  ```\n  x\n  ```\n", []),
        ("````\n```\n````\n", []),
        ("```\n```", []),
        ("```", [("fence-unclosed", 1)]),
    ],
)
def test_blocks_of_code_are_closed_and_known(body, expected):
    assert found(body) == expected


GOOD_SAMPLES = [
    ("python", "def f():\n    ..."),
    ("python", "    x = 1\n    y = 2"),
    ("python", "await go()"),
    ("python", "return 1"),
    ("python", "def f():"),
    ("python", "class A:\n    # all the rest"),
    ("python", "x = […]"),
    ("python", "f(\n    1,\n# ...\n"),
    ("python", "import a\n\n# In the class:\n\n    def b(self):\n        return a\n"),
    ("python", "%timeit f()"),
    ("python", ">>> f(1)\n2\n>>> for a in b:\n...     c\n...\n"),
    ("python", 'print("\\d")'),
    ("pycon", ">>> 1 +\n  File\nSyntaxError: invalid syntax"),
    ("python2", "print 1"),
    ("python diff", "-print 1"),
    ("json", '{"a": [1, null]}'),
    ("json", '{"a": 1, ...}'),
    ("json", '{"a": 1}\n{"b": 2}'),
    ("toml", "[a]\nb = 1"),
    ("toml", "[a]\n...\n"),
    ("yaml", "a: 1\nb:\n  - c\n---\nd: 2"),
    ("yaml", "a: !include b\nc: &d 1\ne: *d"),
    ("yaml", "a: {{ value }}\n{% if b %}\n"),
    ("js", "let ="),
]
BAD_SAMPLES = [
    ("python", "x = 1\nprint 1", 4),
    ("python", "def f(:\n    pass", 3),
    ("py", ">>> a = 1\n>>> f(\n", 4),
    ("json", '{"a": 1,}', 3),
    ("json", "{'a': 1}", 3),
    ("toml", "a = 1\nb = no", 4),
    ("yaml", "a: 1\n b: 2\n", 4),
    ("yml", "a: [1\n", None),
]


@pytest.mark.parametrize(("language", "sample"), GOOD_SAMPLES)
def test_samples_that_can_be_read_are_left_alone(language, sample):
    assert found(f"```{language}\n{sample}\n```\n") == []


@pytest.mark.parametrize(("language", "sample", "line"), BAD_SAMPLES)
def test_samples_that_cannot_be_read_are_named(language, sample, line):
    [(rule, where)] = found(f"\n```{language}\n{sample}\n```\n")

    assert rule == "sample-broken"
    assert line is None or where == line


# --- Words and facts --------------------------------------------------------------


def test_paragraph_may_be_too_long():
    body = "short\n\n" + "word " * 251 + "\n\n" + "word " * 250

    assert found(body) == [("paragraph-long", 3)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": ""}, "title-missing"),
        ({"title": "x" * 61}, "title-long"),
        ({"summary": ""}, "summary-missing"),
        ({"summary": "**x**" + "y" * 160}, "summary-long"),
    ],
)
def test_title_and_summary_have_a_length(fields, expected):
    assert found("words", **fields) == [(expected, None)]


def test_page_needs_no_summary():
    assert check(make_page(body="words")) == []


def test_markup_of_a_summary_does_not_count():
    assert found("words", summary=f"[{'x' * 150}](https://example.org/{'y' * 100})") == []


def test_text_that_is_not_rendered_says_so():
    assert found("x" * 200_001) == [("text-unrendered", None)]


# --- Switching off ----------------------------------------------------------------


def test_finding_is_switched_off_for_the_next_block():
    body = "<!-- lint: ignore fence-language -->\n\n```a\nx\n```\n\n```b\nx\n```\n"

    assert found(body) == [("fence-language", 7)]


def test_what_blocks_cannot_be_switched_off():
    body = "<!-- lint: ignore picture-alt picture-remote -->\n\n![](https://example.org/a.png)\n"

    assert found(body) == [("picture-alt", 3)]


# --- Links within the site --------------------------------------------------------


def test_links_to_what_readers_find_are_fine():
    tag = make_tag("Tea")
    other = make_post(slug="other", body="## A part\n\nWords<a id='here'></a>", tags=[tag])
    make_page(slug="about")
    author = other.author_list[0]

    body = (
        "[a](/post/other/) [b](/post/other/#a-part) [c](/post/other/#here) [d](/tag/tea/) "
        "[e](/about/) [f](/archive/) [g](/feed/) [h](/post/other.md) [i](#mine) [j](/post/own/#mine) "
        f"[k](../other/) [l](/post/other/#comments) [m](/author/{author.handle}/) [n](#) "
        "[o](mailto:a@example.org) [p](/tag/tea/feed/) [q](/static/css/site.css)\n\n## Mine\n"
    )

    assert found(body) == []


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("/post/none/", "link-broken"),
        ("/tag/none/", "link-broken"),
        ("/series/none/", "link-broken"),
        ("/author/none/", "link-broken"),
        ("/none/", "link-broken"),
        ("/a/b/c", "link-broken"),
        ("/media/images/none.png", "link-broken"),
        ("/media/../../etc/passwd", "link-broken"),
        ("/post/%00/", "link-broken"),
        ("none/", "link-broken"),
        ("", "link-broken"),
        ("http://[", "link-broken"),
        ("#none", "link-fragment"),
        ("/post/own/#none", "link-fragment"),
        ("/post/other/#none", "link-fragment"),
        ("/post/draft/", "link-unpublished"),
        ("/post/coming/", "link-unpublished"),
        ("/hidden-page/", "link-unpublished"),
    ],
)
def test_links_to_nothing_block(address, rule):
    make_post(slug="other", body="## A part")
    make_post(slug="draft", published_at=None)
    make_post(slug="coming", published_at=in_an_hour())
    make_page(slug="hidden-page", published_at=None)

    findings = check(text(f"words\nand [a](<{address}>)"))

    assert [(each.rule, each.line, each.severity) for each in findings] == [
        (rule, 2, Severity.BLOCKS)
    ]


def test_full_address_of_this_site_is_a_link_within(settings):
    make_post(slug="other")

    body = f"[a]({settings.SITE_URL}/post/other/) [b]({settings.SITE_URL}/post/none/)"

    assert found(body) == [("link-broken", 1)]


def test_long_link_to_another_site_is_none_of_our_business():
    assert found(f"[a](https://example.org/?{'x' * 5000})") == []


def test_link_in_html_is_looked_at_and_one_in_a_comment_is_not():
    body = '<div>\n<a class=x href="/post/a/">a</a>\n<!-- <a href="/post/b/">b</a> -->\n</div>\n'

    assert found(body) == [("link-broken", 2)]


def test_link_to_the_trash_is_broken():
    make_post(slug="gone", deleted_at=timezone.now())

    assert found("[a](/post/gone/)") == [("link-broken", 1)]


def test_former_address_is_a_hint_with_the_new_one():
    post = make_post(slug="old")
    post.slug = "new"
    post.save()

    [finding] = check(text("[a](/post/old/)"))

    assert (finding.rule, finding.severity) == ("link-moved", Severity.HINT)
    assert "/post/new/" in finding.message


def test_former_address_of_a_draft_is_broken():
    post = make_post(slug="old", published_at=None)
    post.slug = "new"
    post.save()

    assert found("[a](/post/old/)") == [("link-broken", 1)]


def test_author_learns_nothing_of_the_drafts_of_others():
    author = make_user(is_staff=True)
    roles.give(author, roles.AUTHOR)
    make_post(slug="theirs", published_at=None)
    make_post(slug="mine", published_at=None, authors=[author])
    make_page(slug="page", published_at=None)

    findings = check(text("[a](/post/theirs/) [b](/post/mine/) [c](/page/)"), author)

    assert [each.rule for each in findings] == ["link-broken", "link-unpublished", "link-broken"]
    assert "published" not in findings[0].message


def test_links_are_checked_with_the_same_number_of_queries(django_assert_max_num_queries):
    for number in range(30):
        make_post(slug=f"other-{number}", tags=[make_tag(f"T{number}")], published_at=None)
    body = " ".join(
        f"[a](/post/other-{n}/#x) [b](/tag/t{n}/) [c](/lost-{n}/) ![d](/media/{n}.png)"
        for n in range(30)
    )

    with django_assert_max_num_queries(9):
        check(text(body))


def test_blocking_is_what_blocks():
    draft = text("[a](/post/none/)\n\n# One\n")

    assert [finding.rule for finding in blocking(draft)] == ["link-broken"]
