"""HTML becomes Markdown that says the same: for whatever our renderer makes, and for any tree."""

import re
from html import escape

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from posts.importers.html import to_markdown
from posts.rendering import render_post
from posts.tests.stored_html import seen, shown

SIGNS = [
    *"*_`[]()<>&#!|~$^:\\-+=.1)\"'/{}ab  é,;?“…",
    "http://x.org/a_b", "www.x.org", "&amp;", "&copy;", "<b>", "a@x.org", "[^1]", "- ", "1. ", "# ", "$$", "***",
    "{#id}", "<!--", "](", "```", "~~~", "\u00a0", "word ",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12).map("".join)
CODE = st.lists(
    st.sampled_from(
        [*"ab`~<&\\ \t\n", "```", "~~~~", "\n\n", "    ", "> ", "- ", "</pre>", "&amp;"]
    ),
    max_size=15,
).map("".join)


def element(*tags: str):
    """Content in one of `tags`."""
    return lambda content: st.builds(
        lambda tag, inner: f"<{tag}>{inner}</{tag}>", st.sampled_from(tags), content
    )


def several(content):
    return st.lists(content, min_size=1, max_size=3).map("".join)


LINE = st.recursive(
    st.one_of(
        WORDS.map(escape),
        CODE.map(lambda c: f"<code>{escape(c)}</code>"),
        st.just("<br>"),
        st.just(" "),
    ),
    lambda inner: element("b", "em", "del", "span", "kbd", "sub", 'a href="/x(y"')(several(inner)),
    max_leaves=6,
).map(lambda html: html.replace('</a href="/x(y">', "</a>"))
PRE = CODE.map(lambda code: f"<pre>\n{escape(code)}</pre>")
LEAF = st.one_of(
    element("p", "h2", "p")(several(LINE)),
    PRE,
    st.just("<hr>"),
    st.lists(LINE, min_size=4, max_size=4).map(
        lambda c: (
            "<table><tr><th>{}</th><th>{}</th></tr><tr><td>{}</td><td>{}</td></tr></table>".format(
                *c
            )
        )
    ),
    LINE.map(lambda line: f"<p>{line}</p>"),
)


def listed(inner):
    items = st.lists(several(st.one_of(inner, LINE)), min_size=1, max_size=3)
    return st.builds(
        lambda tag, items: f"<{tag}>{''.join(f'<li>{i}</li>' for i in items)}</{tag.split()[0]}>",
        st.sampled_from(["ul", "ol", 'ol start="7"']),
        items,
    )


TREE = several(
    st.recursive(
        LEAF,
        lambda inner: st.one_of(
            listed(inner),
            element("blockquote", "div", "section")(several(inner)),
            st.builds(
                lambda t, d: f"<dl><dt>{t}</dt><dd>{d}</dd></dl>", WORDS.map(escape), several(inner)
            ),
        ),
        max_leaves=5,
    )
)
# A note whose only mark stands in the note: nothing that a reader could reach.
NOTE_IN_ITSELF = re.compile(r'class="footnotes".*href="#fn-', re.DOTALL)
MARKDOWN = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from(
            ["\n", "\n\n", "> ", "- ", "  ", "    ", "\n\n- ", "\n1. ", "\n\n> [!NOTE]\n> ", "**", "*", "`a`", "~~",
             "[a](b)", "![c](d.png \"e\")", "\n```py\n", "\n| a | b |\n|---|--:|\n| 1 | 2 |\n", "[^1]", "\n\n[^1]: n",
             "$x^2$", "\n\n$$\ny\n$$\n\n", "\n: d", "- [x] ", "<kbd>k</kbd>", "\\\n", "\n\nhttps://youtu.be/abcdefghijk\n\n"]
        ),
    ),
    max_size=15,
).map("".join)  # fmt: skip


def code_blocks(codes: list[str]) -> list[str]:
    """Each as a fence holds it: with a line break at its end."""
    return [code if code.endswith("\n") or not code else f"{code}\n" for code in codes]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TREE)
def test_any_tree_keeps_its_words_and_its_code(html):
    words, codes = seen(html)

    converted = to_markdown(html)

    rendered_words, rendered_codes = shown(render_post(converted.markdown).html)
    assert rendered_words == words, converted.markdown
    assert code_blocks(converted.codes) == code_blocks(codes)
    assert code_blocks(rendered_codes) == code_blocks(codes), converted.markdown


@settings(deadline=None, derandomize=True, max_examples=300)
@given(MARKDOWN)
@example("> [!TIP]\n> x\n\n[^1] a[^1]\n\n[^1]: n\n")
@example('```py title="a.py"\nx\n```\n')
def test_what_we_render_comes_back_the_same(source):
    html = render_post(source).html
    assume(not NOTE_IN_ITSELF.search(html))

    again = render_post(to_markdown(html).markdown).html

    (words, codes), (words_again, codes_again) = shown(html), shown(again)
    assert words_again == words
    assert code_blocks(codes_again) == code_blocks(codes)
