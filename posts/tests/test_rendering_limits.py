"""Texts made to exhaust the renderer: laid out or refused, never an error.

No time is asserted; each of these took minutes, or all memory, before it was bounded, so a
lost bound shows itself as a suite that does not end.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from posts.rendering import render_inline, render_post, render_visitor
from posts.rendering.limits import MAX_POST, MAX_VISITOR

# A quarter of what is allowed: what is not bounded takes minutes at this length already.
LENGTH = 50_000
REPEATED = [
    "[", "*", "_", "~", "`", ">", "- ", "|", "<", "<!--", "<a ", "![", "[a](", "a**b", "*a ", "\\", "&", "$", "$a", "$$ a\n", "[^", "[^a] ", ":", "a@",
    "a.a.a.", "http://a)", "www.", "\t", "\u3000", "\n", "\0", "a\n\n", "a\n: b\n", "# a\n\n", "```\n", "> [!NOTE]\n> a\n\n", "<b title=1>x\n\n", "<div>\n",
    "<a><table>", "![a](b)\n\n", "* * * a\n", "שלום ", "https://youtu.be/dQw4w9WgXcQ\n\n", "<!--more-->\n\n",
]  # fmt: skip
SHAPES = {
    "nested quotes": "\n".join(">" * depth for depth in range(1, 300)),
    "nested lists": "- " * 10_000 + "a",
    "nested list by indent": "".join("  " * depth + "- a\n" for depth in range(1, 400)),
    "nested brackets": "[" * 10_000 + "a" + "]" * 10_000,
    "nested images": "![" * 8_000 + "a" + "](b)" * 8_000,
    "nested emphasis": "*a **a " * 4_000 + "b" + " a** a*" * 4_000,
    "definitions": "".join(f"[r{i}]: /u\n" for i in range(6_000)),
    "separate definitions": "".join(f"[r{i}]: /u\n\n" for i in range(6_000)),
    "footnotes": "".join(f"[^{i}] " for i in range(4_000))
    + "".join(f"\n\n[^{i}]: n" for i in range(4_000)),
    "one footnote": "[^a]: x\n\n" + "[^a]" * 12_000,
    "nested footnotes": "[^a]: " * 8_000,
    "wide table": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|b\n" * 8_000,
    "long table": "|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000,
    "backticks": "".join("e" + "`" * count for count in range(1, 300)),
    "open formatting": "".join(f"<b title={i}>" for i in range(4_000)) + "\n\n" + "x\n\n" * 5_000,
    "long code": "```python\n" + "(" * 190_000 + "\n```",
    "code of lines": "```c linenos hl=1-999999\n" + "\n" * 190_000 + "```",
    "code of blanks": "```c\n" + "\n" * 18_000 + "```",
    "braces": "$" + "{" * 1_900 + "$",
    "fractions": "$" + "\\frac{a}{" * 200 + "$",
    "scripts": "$a" + "^" * 1_900 + "$",
    "environments": "$$" + "\\begin{matrix}" * 120 + "$$",
    "macro": r"$\def\a{\a\a}\a$ $\newcommand{\b}{\b\b}\b$",
    "formulas": "$x^2$ " * 3_000,
}


@pytest.mark.parametrize("part", REPEATED, ids=repr)
def test_repetition_is_rendered_or_refused(part):
    source = part * (LENGTH // len(part))

    assert isinstance(render_post(source).html, str)
    assert isinstance(render_visitor(source[:MAX_VISITOR]), str)
    assert isinstance(render_inline(source), str)


@pytest.mark.parametrize("name", SHAPES)
def test_shape_is_rendered_or_refused(name):
    source = SHAPES[name]

    assert isinstance(render_post(source).html, str)
    assert isinstance(render_visitor(source[:MAX_VISITOR]), str)


def test_longer_post_is_shown_as_typed():
    source = "<b>" + "x" * MAX_POST

    rendered = render_post(source)

    assert rendered.html.startswith('<p class="unrendered-note">')
    assert '<pre class="unrendered">&lt;b&gt;xxx' in rendered.html
    assert rendered.text == source
    assert (rendered.toc, rendered.images, rendered.excerpt_html) == ([], [], "")


def test_longer_comment_is_shown_as_typed():
    html = render_visitor("*" * (MAX_VISITOR + 1))

    assert "*" * (MAX_VISITOR + 1) in html


def test_post_of_the_greatest_length_is_laid_out():
    paragraph = (
        "Some *prose* with `code` and a [link](https://example.com/).\n\n" + "word " * 300 + "\n\n"
    )
    source = (paragraph * 200)[:MAX_POST]

    assert 'class="unrendered"' not in render_post(source).html


def test_half_a_surrogate_pair_is_replaced():
    assert render_post("a\ud800b").html == "<p>a\ufffdb</p>\n"
    assert render_visitor("a\udfffb") == "<p>a\ufffdb</p>\n"
    assert render_inline("a\ud800b") == "a\ufffdb"


def test_threads_do_not_share_state():
    sources = [f"# H{n}\n\ntext[^{n}] $x_{n}$\n\n[^{n}]: note {n}\n" for n in range(40)]
    expected = [render_post(source) for source in sources]

    with ThreadPoolExecutor(8) as pool:
        rendered = list(pool.map(render_post, sources * 5))

    assert rendered == expected * 5
