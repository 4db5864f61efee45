"""What an author's Markdown becomes: blocks, links, maths, raw HTML; and what a visitor's does."""

import html5lib
import pytest

from posts.rendering import absolute_urls, render_inline, render_post, render_visitor

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def html_of(source: str) -> str:
    return render_post(source).html


# Blocks


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_callout_has_role_and_title(kind):
    name = kind.lower()

    assert html_of(f"> [!{kind}]\n> Body\n") == (
        f'<aside class="callout callout-{name}" role="note"><p class="callout-title">{kind.title()}</p>\n'
        "<p>Body</p>\n</aside>\n"
    )


def test_footnotes_link_both_ways():
    html = html_of("One[^a] two[^b] again[^a].\n\n[^a]: First.\n[^b]: Second.\n[^c]: Unused.\n")

    assert html == (
        '<p>One<sup class="footnote-ref"><a id="fnref-1" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup>'
        ' two<sup class="footnote-ref"><a id="fnref-2" href="#fn-2" role="doc-noteref" aria-label="Footnote 2">2</a></sup>'
        ' again<sup class="footnote-ref"><a id="fnref-1-2" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup>.</p>\n'
        '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n'
        '<li id="fn-1" class="footnote"><p>First. '
        '<a class="footnote-back" href="#fnref-1" role="doc-backlink" aria-label="Back to text">↩\ufe0e</a> '
        '<a class="footnote-back" href="#fnref-1-2" role="doc-backlink" aria-label="Back to text (2)">↩\ufe0e</a></p>\n</li>\n'
        '<li id="fn-2" class="footnote"><p>Second. '
        '<a class="footnote-back" href="#fnref-2" role="doc-backlink" aria-label="Back to text">↩\ufe0e</a></p>\n</li>\n'
        "</ol>\n</section>\n"
    )


def test_table_scrolls_and_aligns_by_class():
    assert html_of("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|\n") == (
        '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>\n<thead>\n<tr>\n'
        '<th class="align-start">a</th>\n<th class="align-center">b</th>\n<th class="align-end">c</th>\n<th>d</th>\n'
        '</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-start">1</td>\n<td class="align-center">2</td>\n'
        '<td class="align-end">3</td>\n<td>4</td>\n</tr>\n</tbody>\n</table></div>\n'
    )


def test_tasks_are_named_check_marks():
    assert html_of("- [x] a\n- [ ] b\n- c\n") == (
        '<ul class="task-list">\n'
        '<li class="task"><input type="checkbox" disabled="" checked="" aria-label="Done"> a</li>\n'
        '<li class="task"><input type="checkbox" disabled="" aria-label="To do"> b</li>\n<li>c</li>\n</ul>\n'
    )


def test_definition_list_and_strikethrough():
    assert html_of("Term\n: Meaning ~~old~~\n") == (
        "<dl>\n<dt>Term</dt>\n<dd>Meaning <del>old</del></dd>\n</dl>\n"
    )


@pytest.mark.parametrize(
    ("source", "href", "label"),
    [
        ("see https://a.example/x_(y).", "https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("(https://a.example/x)", "https://a.example/x", "https://a.example/x"),
        ("*https://a.example*", "https://a.example", "https://a.example"),
        ("www.a.example/x?y=1&copy;", "http://www.a.example/x?y=1", "www.a.example/x?y=1"),
        (
            "https://例え.jp/中文",
            "https://xn--r8jz45g.jp/%E4%B8%AD%E6%96%87",
            "https://例え.jp/中文",
        ),
        ("me.you+x@a-b.example!", "mailto:me.you+x@a-b.example", "me.you+x@a-b.example"),
    ],
)
def test_bare_address_becomes_a_link(source, href, label):
    link = html5lib.parseFragment(html_of(source), namespaceHTMLElements=False).find(".//a")

    assert (link.get("href"), link.text) == (href, label)


@pytest.mark.parametrize(
    "source",
    [
        "xhttps://a.example",
        "http://",
        "www.a",
        "@me",
        "a@b",
        "`https://a.example`",
        "wwww.x.example",
    ],
)
def test_no_address_stays_text(source):
    assert "<a" not in html_of(source)


# Maths


@pytest.mark.parametrize("source", ["$x^2$", "a $x$, b", "($x$)", "$2x$", "$\\$5$"])
def test_inline_maths_is_mathml(source):
    formula = html5lib.parseFragment(html_of(source)).find(f".//{MATHML}math")

    assert formula.get("display") == "inline"
    assert formula.find(f".//{MATHML}mrow") is not None


@pytest.mark.parametrize(
    "source", ["$$\n\\frac{a}{b}\n$$", "$$\\frac{a}{b}$$", "```math\n\\frac{a}{b}\n```"]
)
def test_block_maths_scrolls(source):
    html = html_of(source)

    assert html.startswith(
        '<div class="math-block" tabindex="0" role="group" aria-label="Formula"><math'
    )
    assert "<mfrac>" in html
    assert 'alttext="\\frac{a}{b}"' in html


@pytest.mark.parametrize(
    "source",
    ["$5 and $6", "US$5 or $x", "$HOME/$USER", "a $ b $ c", r"\$x\$", "$5-$6", "$a\n\nb$", "`$x$`"],
)
def test_dollars_in_prose_stay_text(source):
    assert "<math" not in html_of(source)


@pytest.mark.parametrize(
    "source", [r"$\frac{a$", r"$\def\a{b}\a$", r"$\left( x$", r"$\href{x}{y}$"]
)
def test_broken_maths_stays_visible(source):
    assert html_of(source) == f'<p><code class="math-error">{source}</code></p>\n'


def test_signs_in_formula_text_are_escaped():
    assert "<mtext>a&lt;b&nbsp;&amp;&nbsp;c</mtext>" in html_of(r"$\text{a<b & c}$")


# HTML


def test_harmless_html_stays():
    html = '<details open=""><summary>More</summary><p><kbd>x</kbd><sub>1</sub></p></details>\n'

    assert html_of(html) == html


def test_unknown_tag_is_shown():
    assert html_of("A Vec<String> here\n") == "<p>A Vec&lt;String&gt; here</p>\n"


def test_old_anchor_becomes_an_id():
    assert html_of('<a name="old"></a>x\n') == '<p><a id="old"></a>x</p>\n'


def test_comments_are_dropped():
    assert html_of("a <!-- b --> c\n\n<!-- d -->\n").strip() == "<p>a  c</p>"


# Direction


def test_blocks_find_their_direction_where_a_script_runs_right_to_left():
    html = html_of("English\n\nشيفرة\n\n```\nx\n```\n")

    assert html.startswith('<p dir="auto">English</p>\n<p dir="auto">شيفرة</p>\n')
    assert '<pre tabindex="0" role="group" aria-label="Code" dir="ltr">' in html


def test_left_to_right_text_carries_no_direction():
    assert " dir=" not in html_of("# A\n\n- b\n\nc 中文\n\n    d\n")


# The other two renderers


def test_visitor_is_narrow():
    assert render_visitor("# A\n\n<b>x</b> *y* ![p](p.png) $z$\n\n> [!NOTE]\n> - [x] q\n") == (
        "<p># A</p>\n<p>&lt;b&gt;x&lt;/b&gt; <em>y</em> "
        '<a href="p.png" rel="ugc nofollow noopener">p</a> $z$</p>\n'
        "<blockquote>\n<p>[!NOTE]</p>\n<ul>\n<li>[x] q</li>\n</ul>\n</blockquote>\n"
    )


def test_visitor_links_are_marked():
    assert render_visitor("https://a.example") == (
        '<p><a href="https://a.example" rel="ugc nofollow noopener">https://a.example</a></p>\n'
    )


def test_visitor_code_is_coloured_and_nothing_else():
    html = render_visitor('```python title="x" hl=1 linenos\nx = 1\n```\n')

    assert '<span class="mi">1</span>' in html
    assert "figcaption" not in html
    assert "data-line" not in html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("A *b* `c` [d](e)", 'A <em>b</em> <code>c</code> <a href="e">d</a>'),
        ("# not\n- a list", "# not - a list"),
        ("<p>x</p> <kbd>y</kbd> & <script>z</script>", "x <kbd>y</kbd> &amp; "),
        ("![a](b.png)", '!<a href="b.png">a</a>'),
    ],
)
def test_inline_has_no_blocks(source, html):
    assert render_inline(source) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x">y</a>', '<a href="https://e.example/x">y</a>'),
        ('<a href="#fn-1">1</a>', '<a href="https://e.example/post/a/#fn-1">1</a>'),
        ('<a href="x?a=1&amp;b=2">y</a>', '<a href="https://e.example/post/a/x?a=1&amp;b=2">y</a>'),
        ('<a href="mailto:a@b.example">y</a>', '<a href="mailto:a@b.example">y</a>'),
        ('<a href="//o.example/x">y</a>', '<a href="https://o.example/x">y</a>'),
        ('<a href="http://[broken">y</a>', '<a href="http://[broken">y</a>'),
        (
            '<img src="i.png" alt="src=&quot;x&quot;">',
            '<img src="https://e.example/post/a/i.png" alt="src=&quot;x&quot;">',
        ),
        (
            '<source srcset="/a.avif 480w, /b.avif 900w">',
            '<source srcset="https://e.example/a.avif 480w, https://e.example/b.avif 900w">',
        ),
        ('<video poster="p.png">', '<video poster="https://e.example/post/a/p.png">'),
        ('<code>href="/x"</code>', '<code>href="/x"</code>'),
    ],
)
def test_addresses_become_absolute(html, expected):
    assert absolute_urls(html, "https://e.example/post/a/") == expected
