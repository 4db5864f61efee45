"""HTML of other systems as Markdown: what maps, what stays, and what nobody may do to us."""

import re
from difflib import SequenceMatcher
from html import unescape

import pytest

from posts.importers.html import to_markdown, wordpress_to_markdown
from posts.importers.html.shortcodes import expand_shortcodes
from posts.rendering import render_post
from posts.tests.stored_html import BLANKS, html_texts, sample_folder, seen, shown, wordpress_texts

TITLE = re.compile(r'\btitle="([^"<>]*)"')


def markdown(html: str) -> str:
    return to_markdown(html).markdown.strip()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Set up #</h2>", "## Set up \\#"),
        ('<h2 id="x">X</h2><p><a href="#x">up</a></p>', "## X {#x}\n\n[up](#x)"),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ("one<br><br>two", "one\n\ntwo"),
        ("<p>a <b>bold </b>b<em>c</em>d</p>", "a **bold** b*c*d"),
        ('<p>foo<b>"bar"</b></p>', 'foo<strong>"bar"</strong>'),
        ("<p>H<sub>2</sub>O <kbd>x</kbd></p>", "H<sub>2</sub>O <kbd>x</kbd>"),
        ("<p>snake_case * 2 _x_ [a](b) 1 &lt; 2</p>", "snake_case * 2 \\_x\\_ [a\\](b) 1 < 2"),
        ("<p>1. no list</p><p># no heading</p>", "1\\. no list\n\n\\# no heading"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ('<p><a href="/a b_(c" title="T">x</a></p>', '[x](/a%20b_\\(c "T")'),
        ('<p><a href="javascript:x()">x</a></p>', "x"),
        ('<img src="a.png" alt="A" title="Long words">', '![A](a.png "Long words")'),
        ("<ul><li>a<ul><li>b</li></ul></li></ul><ul><li>c</li></ul>", "- a\n  - b\n\n* c"),
        ('<ol start="9"><li>a<li>b</ol>', "9. a\n10. b"),
        ("<dl><dt>T<dd>D</dl>", "T\n\n: D"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        (
            "<table><tr><th>a<th align=right>b<tr><td>x|y<td>2</table>",
            "| a | b |\n| --- | --: |\n| x\\|y | 2 |",
        ),
        (
            '<figure><a href="/b"><img src="a.png" alt="A"></a><figcaption>Cap</figcaption></figure>',
            '[![A](a.png "Cap")](/b)',
        ),
        (
            '<iframe src="//www.youtube.com/embed/abcdefghijk?start=9"></iframe>',
            "https://www.youtube.com/watch?v=abcdefghijk&t=9",
        ),
        (
            "<details open><summary>S</summary><p>x</p></details>",
            "<details open><summary>S</summary>\n\nx\n\n</details>",
        ),
        (
            "<p>Use Vec<String> and #include <stdio.h></p>",
            "Use Vec\\<String> and #include \\<stdio.h>",
        ),
        ("<!-- wp:more --><!--more--><!-- /wp:more --><p>x</p>", "<!--more-->\n\nx"),
    ],
)
def test_html_becomes_markdown(html, expected):
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<pre><code class="language-python">x</code></pre>',
        '<pre class="brush: python; gutter: true">x</pre>',
        '<pre class="lang:python decode:true">x</pre>',
        '<pre class="EnlighterJSRAW" data-enlighter-language="python">x</pre>',
        '<pre class="prettyprint lang-python">x</pre>',
        '<pre><code class="hljs python">x</code></pre>',
        '<pre lang="python">x</pre>',
        '<div class="highlight-source-python"><pre>x</pre></div>',
        '<div class="language-python highlighter-rouge"><div class="highlight"><pre class="highlight"><code>x</code></pre></div></div>',
        '<pre data-code-block-lang="python">x</pre>',
        '<!-- wp:code {"language":"python"} --><pre class="wp-block-code"><code>x</code></pre><!-- /wp:code -->',
        '<table><tr><td class="linenos"><pre>1</pre></td><td class="code"><pre class="python">x</pre></td></tr></table>',
    ],
)
def test_code_keeps_the_language_of_any_highlighter(html):
    assert markdown(html) == "```python\nx\n```"


def test_code_is_kept_to_the_byte_wherever_it_stands():
    code = "\tif a < b:  \n\n```\n  \n\tc && d\\\n"
    pre = f"<pre><code>{code.replace('&', '&amp;').replace('<', '&lt;')}</code></pre>"

    converted = to_markdown(f"{pre}<ul><li>a{pre}</li></ul><blockquote>{pre}</blockquote>")

    assert converted.codes == [code] * 3
    assert shown(render_post(converted.markdown).html)[1] == [code] * 3


@pytest.mark.parametrize(
    "html",
    [
        '<p>A<sup><a href="#fn1" id="r1">1</a></sup></p><div class="footnotes"><hr><ol><li id="fn1"><p>N <a href="#r1">↩</a></p></li></ol></div>',
        '<p>A<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a></sup></p><section class="footnotes"><ol><li id="fn:1">N <a href="#fnref:1">&#8617;</a></li></ol></section>',
        '<p>A<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>N</p></div></div>',
        '<p>A<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> N</p>',
    ],
)
def test_footnotes_of_the_usual_plugins_become_ours(html):
    assert markdown(html) == "A[^1]\n\n[^1]: N"


def test_notes_kept_beside_the_text_are_joined_to_it():
    html = '<p>A<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup></p>'

    assert to_markdown(html, notes={"u": "N"}).markdown == "A[^1]\n\n[^1]: N\n"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "table"),
        ('<video src="a.mp4" controls></video>', "video"),
        ('<iframe src="https://example.org/x"></iframe>', "frame from example.org"),
        (
            '<figure><img src="a.png"><figcaption>By <a href="/b">B</a></figcaption></figure>',
            "picture whose caption has links",
        ),
        ("<script>x()</script>", "script, left out"),
        ('<ol type="a"><li>x</ol>', "list with letters or in reverse order"),
    ],
)
def test_what_does_not_map_is_listed(html, kept):
    assert to_markdown(html).kept == [kept]


def test_wordpress_paragraphs_and_shortcodes():
    body = (
        'One\ntwo\n\n[caption id="x"]<img src="a.png" alt="A" /> Cap[/caption]\n\n'
        '[code lang="php"]\n<?php echo "[x]"; ?>\n\n\tb &amp; c\n[/code]\n$latex x^2$ and [[gallery]]\n\n'
        "[youtube https://youtu.be/abcdefghijk]\n\nA[efn_note]N[/efn_note]\n<pre>\n[caption]\n\n<b></pre>"
    )

    converted = wordpress_to_markdown(body)

    assert converted.markdown == (
        'One\\\ntwo\n\n![A](a.png "Cap")\n\n```php\n<?php echo "[x]"; ?>\n\n\tb &amp; c\n```\n\n$x^2$ and [gallery]\n\n'
        "https://youtu.be/abcdefghijk\n\nA[^1]\n\n```\n[caption]\n\n```\n\n[^1]: N\n"
    )


def test_shortcode_that_nobody_knows_stays_and_is_listed():
    converted = wordpress_to_markdown('[gallery ids="1"]')

    assert (converted.markdown, converted.kept) == ('\\[gallery ids="1"]\n', ["shortcode gallery"])


def test_shortcode_is_given_to_who_knows_it():
    def expand(name, arguments, content):
        return f'<img src="{arguments["ids"]}.png" alt="">' if name == "gallery" else None

    assert wordpress_to_markdown('[gallery ids="1"]', expand=expand).markdown == "![](1.png)\n"


DEEP = [
    "<div>",
    "<blockquote>",
    "<ul><li>",
    "<b>",
    "<table><tr><td>",
    "<b><p>",
    "<a href=x><i>",
    "<dl><dd>",
    "<h1>",
    "<sup>",
]


@pytest.mark.parametrize("tags", DEEP)
def test_ten_thousand_levels_keep_their_words(tags):
    converted = to_markdown(tags * 10_000 + "deep")

    assert "deep" in converted.markdown
    assert "deep" in render_post(converted.markdown).html


HUGE = [
    "<",
    "&",
    "[",
    "<!--",
    "<p>x",
    "[code]",
    "<pre>",
    "*_`",
    "http://",
    "xwww.a",
    "[caption]",
    "<a href='#a'>",
    "\n\n",
    "<br>",
    '[a "',
]


@pytest.mark.parametrize("piece", HUGE)
def test_megabytes_of_one_piece_end(piece):
    body = piece * (1_000_000 // len(piece))

    assert isinstance(wordpress_to_markdown(body).markdown, str)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "\0",
        "\ud800",
        "<",
        "</p>",
        "<p",
        "<!--",
        "<![CDATA[",
        "&#0;",
        "&#xD800;",
        "<a href=//[>",
    ],
)
def test_broken_html_is_no_crash(html):
    assert isinstance(to_markdown(html).markdown, str)


FRAMES = ("<iframe", "<object", "<embed")
# Words that come or go on purpose.
LINE_NUMBERS = "pelican-all.atom.xml 10"  # beside the code of a table by Pygments
CDATA = "wpi-crazy-cdata.xml"  # a browser hides a CDATA section in HTML; here it is shown


def added_and_lost(html: str, markdown: str) -> tuple[str, str]:
    """The words that Markdown shows beyond those of the source, and those that it does not show."""
    before, after = seen(html)[0], shown(render_post(markdown).html)[0]
    changes = (
        SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if before != after
        else []
    )
    added = "".join(after[c:d] for kind, _, _, c, d in changes if kind != "equal")
    lost = "".join(before[a:b] for kind, a, b, _, _ in changes if kind != "equal")
    return added, lost


def is_explained(html: str, added: str) -> bool:
    """Whether more words are those of a frame's link, or of a title that became a caption."""
    titles = BLANKS.sub("", "".join(TITLE.findall(unescape(html))))
    return any(frame in html for frame in FRAMES) or all(sign in titles for sign in added)


def code_of(markdown: str) -> list[str]:
    return shown(render_post(markdown).html)[1]


def complaints(name: str, html: str, converted) -> list[str]:
    found = []
    stored = [ended(code) for code in converted.codes]
    # A verse stays a `pre` of HTML.
    if stored != [ended(code) for code in code_of(converted.markdown)] and not has_verse(converted):
        found.append(f"{name}: code was altered")
    missing = [code for code in map(ended, seen(html)[1]) if code not in stored]
    if missing and name != LINE_NUMBERS and not has_verse(converted):
        found.append(f"{name}: {missing[0][:60]!r} is missing")
    added, lost = added_and_lost(html, converted.markdown)
    if lost and name != LINE_NUMBERS:
        found.append(f"{name}: lost {lost[:60]!r}")
    if added and not is_explained(html, added) and not name.startswith(CDATA):
        found.append(f"{name}: added {added[:60]!r}")
    return found


def has_verse(converted) -> bool:
    return "verse" in converted.kept


def ended(code: str) -> str:
    return code if code.endswith("\n") else f"{code}\n"


def test_real_html_keeps_its_words_and_its_code():
    texts = list(html_texts(sample_folder()))

    found = [line for name, html in texts for line in complaints(name, html, to_markdown(html))]

    assert len(texts) > 50
    assert found == []


def test_real_wordpress_posts_keep_their_words_and_their_code():
    texts = list(wordpress_texts(sample_folder()))

    found = [
        line
        for name, body in texts
        for line in complaints(name, expand_shortcodes(body)[0], wordpress_to_markdown(body))
    ]

    assert len(texts) > 500
    assert found == []
