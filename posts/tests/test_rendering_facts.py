"""What is known of a text beside its HTML: plain text, words, links, excerpt."""

import pytest

from posts.rendering import render_post


def test_text_has_code_and_no_marks():
    rendered = render_post(
        "## Head\n\nOne[^1] $x^2$ <b>two</b>\n\n```python\nx = 1 < 2\n```\n\n|a|b|\n|-|-|\n\n"
        "https://youtu.be/aaaaaaaaaaa\n\n[^1]: Note.\n"
    )

    assert rendered.text == "Head\nOne x^2 two\nx = 1 < 2\na\nb\nNote."


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("", 0),
        ("It's a well-known fact.", 4),
        ("One `two` three\n\n```\nfour five\n```\n", 3),
        ("漢字仮名", 2),
        ("two words 漢字", 3),
        ("한국어 단어", 2),
    ],
)
def test_word_count_is_of_prose(source, count):
    assert render_post(source).word_count == count


def test_links_are_the_authors_in_order():
    rendered = render_post(
        "## H\n\n[a](/a?x=1&y=2) [b](b) [a](/a?x=1&y=2) <a href='c'>c</a>[^1] https://d.example\n\n[^1]: n\n"
    )

    assert rendered.links == ["/a?x=1&y=2", "b", "c", "https://d.example"]


def test_excerpt_ends_at_marker():
    rendered = render_post(
        "## Head\n\nOne[^1]\n\n![x](x.png)\n\n- a\n\n<!-- more -->\n\nTwo\n\n[^1]: n\n"
    )

    assert rendered.excerpt_html == "<h2>Head</h2>\n<p>One</p>\n<ul>\n<li>a</li>\n</ul>"
    assert "more" not in rendered.html


def test_excerpt_ends_at_marker_in_a_line():
    rendered = render_post("One *two* <!--more--> three\n")

    assert rendered.excerpt_html == "<p>One <em>two</em> </p>"
    assert rendered.html == "<p>One <em>two</em>  three</p>\n"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "## Head\n\n",
        "![x](x.png)\n\n",
        "```\ncode\n```\n\n",
        "https://youtu.be/aaaaaaaaaaa\n\n",
        "> quote\n\n",
        "<!--more-->\n\n",
    ],
)
def test_excerpt_is_first_paragraph(before):
    rendered = render_post(f"{before}First[^1] ![i](i.png)*x*.\n\nSecond\n\n[^1]: n\n")

    assert rendered.excerpt_html == "<p>First <em>x</em>.</p>"


def test_excerpt_reads_raw_html():
    assert render_post('<p id="x">Raw <b>text</b></p>\n').excerpt_html == "<p>Raw <b>text</b></p>"


def test_marker_in_code_is_code():
    rendered = render_post("- a\n\n`<!--more-->`\n\n    <!--more-->\n")

    assert rendered.excerpt_html == "<p><code>&lt;!--more--&gt;</code></p>"


def test_empty_text_gives_nothing():
    rendered = render_post("")

    assert (rendered.html, rendered.text, rendered.excerpt_html, rendered.toc) == ("", "", "", [])
