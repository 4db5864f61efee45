"""The formats in which Ghost keeps bodies, to HTML or Markdown."""

import json

import pytest

from posts.importers.archives.records import Markup
from posts.importers.ghost.body import body_of
from posts.importers.ghost.conversion import Conversion
from posts.importers.ghost.markdown import spelt_out


def lexical(*children) -> str:
    return json.dumps({"root": {"type": "root", "children": children}})


def paragraph(*children) -> dict:
    return {"type": "paragraph", "children": children}


def words(text: str, bits: int = 0) -> dict:
    return {"type": "extended-text", "text": text, "format": bits}


def mobiledoc(*sections, **parts) -> str:
    return json.dumps({"version": "0.3.1", "sections": sections, **parts})


def read(**row) -> tuple[str, list[str]]:
    """Body and problems."""
    conversion = Conversion()
    body, _markup = body_of(row, conversion)
    return body, conversion.problems


@pytest.mark.parametrize(
    ("node", "html"),
    [
        (paragraph(words("a < b")), "<p>a &lt; b</p>"),
        (paragraph(words("a "), words("b", 3), words(" c", 16)), "<p>a <strong><em>b</em></strong><code> c</code></p>"),
        (paragraph(words("a", 1), words(" b ", 1), words("c")), "<p><strong>a b</strong> c</p>"),
        (paragraph(words("a"), {"type": "linebreak"}, words("b")), "<p>a<br>b</p>"),
        (paragraph(words("H", 0), words("2", 32), words("x", 4), words("m", 128)), "<p>H<sub>2</sub><s>x</s><mark>m</mark></p>"),
        (paragraph({"type": "link", "url": "/a?b=1&c", "children": [words("l", 1)]}), '<p><a href="/a?b=1&amp;c"><strong>l</strong></a></p>'),
        (paragraph({"type": "zwnj", "text": "\u200c"}, words("x")), "<p>x</p>"),
        (paragraph(), ""),
        ({"type": "extended-heading", "tag": "h3", "children": [words("H")]}, "<h3>H</h3>"),
        ({"type": "heading", "tag": ["h3"], "children": [words("H")]}, "<h2>H</h2>"),
        ({"type": "extended-quote", "children": [words("Q")]}, "<blockquote><p>Q</p></blockquote>"),
        ({"type": "aside", "children": [words("Q")]}, "<blockquote><p>Q</p></blockquote>"),
        (
            {"type": "list", "listType": "number", "start": 3, "children": [
                {"type": "listitem", "children": [words("a")]},
                {"type": "listitem", "children": [
                    {"type": "list", "listType": "bullet", "children": [{"type": "listitem", "children": [words("b")]}]},
                ]},
            ]},
            '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>',
        ),
        (
            {"type": "list", "listType": "check", "children": [{"type": "listitem", "checked": True, "children": [words("a")]}]},
            '<ul><li><input type="checkbox" checked disabled> a</li></ul>',
        ),
        ({"type": "horizontalrule"}, "<hr>"),
        ({"type": "codeblock", "code": "a <b>\n\tc  \n", "language": "html"}, '<pre><code class="language-html">a &lt;b&gt;\n\tc  \n</code></pre>'),
        ({"type": "html", "html": "<b>x</b>"}, "<b>x</b>"),
        ({"type": "markdown", "markdown": "a\n**b**"}, "<p>a<br />\n<strong>b</strong></p>"),
        ({"type": "image", "src": "__GHOST_URL__/content/images/a.png", "alt": 'A "cup"', "caption": "<i>C</i>", "href": "/x"},
         '<figure><a href="/x"><img src="/content/images/a.png" alt="A &quot;cup&quot;"></a><figcaption><i>C</i></figcaption></figure>'),
        ({"type": "gallery", "images": [{"src": "/a"}, {"src": "/b", "alt": "B"}, "c"], "caption": "All"},
         '<figure><img src="/a" alt=""></figure><figure><img src="/b" alt="B"></figure><p><em>All</em></p>'),
        ({"type": "bookmark", "url": "https://example.org/", "metadata": {"title": "T", "description": "D", "publisher": "P"}},
         '<blockquote><p><a href="https://example.org/"><strong>T</strong></a><br>D<br>P</p></blockquote>'),
        ({"type": "embed", "url": "https://example.org/v", "html": "<iframe></iframe>"}, '<p><a href="https://example.org/v">https://example.org/v</a></p>'),
        ({"type": "embed", "html": "<iframe></iframe>"}, "<figure><iframe></iframe></figure>"),
        ({"type": "callout", "calloutText": "<b>Mind</b>", "calloutEmoji": "!"}, "<blockquote><p>! <b>Mind</b></p></blockquote>"),
        ({"type": "toggle", "heading": "H", "content": "<p>C</p>"}, "<details><summary>H</summary><p>C</p></details>"),
        ({"type": "button", "buttonText": "Go", "buttonUrl": "/go"}, '<p><a href="/go">Go</a></p>'),
        ({"type": "audio", "src": "/a.mp3", "title": "T"}, '<figure><audio controls src="/a.mp3"></audio><figcaption>T</figcaption></figure>'),
        ({"type": "video", "src": "/a.mp4", "thumbnailSrc": "/t.jpg"}, '<figure><video controls src="/a.mp4" poster="/t.jpg"></video></figure>'),
        ({"type": "file", "src": "/a.pdf", "fileTitle": "A", "fileCaption": "B"}, '<p><a href="/a.pdf">A</a><br>B</p>'),
        ({"type": "header", "heading": "H", "subheading": "S", "buttonText": "B", "buttonUrl": "/b"}, '<h2>H</h2><p>S</p><p><a href="/b">B</a></p>'),
        ({"type": "product", "productTitle": "P", "productDescription": "<p>D</p>"}, "<h4>P</h4><p>D</p>"),
        ({"type": "call-to-action", "textValue": "<p>T</p>", "buttonText": "B"}, "<p>T</p><p>B</p>"),
    ],
)  # fmt: skip
def test_lexical_becomes_html(node, html):
    assert read(lexical=lexical(node)) == (html, [])


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        ({"type": "email", "html": "secret"}, "A part that only mails showed was left out."),
        ({"type": "signup", "header": "secret"}, "A form to subscribe was left out."),
        (
            {"type": "html", "html": "secret", "visibility": {"web": {"nonMember": False}}},
            "A part that only members saw was left out.",
        ),
        (
            {"type": "html", "html": "secret", "visibility": {"showOnWeb": False}},
            "A part that only members saw was left out.",
        ),
        ({"type": "hologram", "x": "secret"}, "A part of the kind “hologram” is not known here."),
    ],
)
def test_what_does_not_come_in_is_told(node, problem):
    """And the finished page, which may hold it, is not taken in its place."""
    assert read(lexical=lexical(node), html="<p>secret</p>") == ("", [problem])


def test_unknown_node_keeps_its_words_and_address():
    body, problems = read(
        lexical=lexical(
            {"type": "box", "children": [words("kept")]},
            {"type": "map", "url": "https://a.example"},
        )
    )

    assert "kept" in body
    assert 'href="https://a.example"' in body
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("sections", "html"),
    [
        ([[1, "p", [[0, [], 0, "a & b"]]]], "<p>a &amp; b</p>"),
        ([[1, "h2", [[0, [1], 1, "x"]]]], "<h2><em>x</em></h2>"),
        ([[1, "p", [[0, [0, 1], 1, "x"], [0, [], 1, "y"]]]], '<p><a href="/l"><em>x</em>y</a></p>'),
        ([[1, "p", [[0, [1], 0, "never closed"]]]], "<p><em>never closed</em></p>"),
        ([[1, "p", [[0, [], 9, "closed too often"]]]], "<p>closed too often</p>"),
        ([[1, "p", [[0, [9], 1, "x"]]]], "<p>x</p>"),
        ([[1, "p", [[0, [], 0, "a"], [1, [], 0, 0], [1, [], 0, 1]]]], "<p>a<br>@me</p>"),
        ([[1, "aside", [[0, [], 0, "a"]]]], "<blockquote><p>a</p></blockquote>"),
        ([[1, "script", [[0, [], 0, "a"]]]], "<p>a</p>"),
        ([[3, "ol", [[[0, [], 0, "a"]], [[0, [], 0, "b"]]]]], "<ol><li>a</li><li>b</li></ol>"),
        ([[2, "/a.png"]], '<figure><img src="/a.png" alt=""></figure>'),
        ([[10, 0], [10, 1]], '<hr>\n<pre><code class="language-sh">ls</code></pre>'),
        ([[10, 7], [10], "x", None, [99]], ""),
    ],
)
def test_mobiledoc_becomes_html(sections, html):
    document = mobiledoc(
        *sections,
        markups=[["a", ["href", "/l", "onclick", "x"]], ["em"]],
        atoms=[["soft-return", "", {}], ["mention", "@me", {}]],
        cards=[["hr", {}], ["code", {"code": "ls", "language": "sh"}]],
    )

    assert read(mobiledoc=document) == (html, [])


def test_mobiledoc_of_the_first_betas_is_read():
    document = json.dumps(
        {
            "version": "0.2.0",
            "sections": [[["em"]], [[1, "p", [[[0], 1, "a"]]], [10, "hr", {}]]],
        }
    )

    assert read(mobiledoc=document) == ("<p><em>a</em></p>\n<hr>", [])


def test_mobiledoc_of_markdown_alone_stays_markdown():
    card = ["card-markdown", {"markdown": "a\nb"}]
    document = mobiledoc([10, 0], [1, "p", []], cards=[card])

    assert body_of({"mobiledoc": document}, Conversion()) == ("a\\\nb", Markup.MARKDOWN)


@pytest.mark.parametrize("broken", ["{", "[]", "[1]", '"x"', "1", "[" * 100_000, '{"root": 1}'])
@pytest.mark.parametrize("field", ["lexical", "mobiledoc"])
def test_damaged_body_gives_way_to_the_page(field, broken):
    body, problems = read(**{field: broken, "html": "<p>Page</p>"})

    assert body == "<p>Page</p>"
    assert len(problems) == (broken != "[]")


def test_lists_without_end_give_way_to_the_page():
    node = words("x")
    for _level in range(150):
        node = {"type": "list", "children": [{"type": "listitem", "children": [node]}]}

    assert read(lexical=lexical(node), html="<p>Page</p>")[0] == "<p>Page</p>"


def test_page_comes_in_without_marks_and_parts_for_members():
    html = (
        "<!--kg-card-begin: html--><p>a</p><!--kg-card-end: html-->"
        '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->secret'
        "<!--kg-gated-block:end--><p>b</p>"
        "<!--kg-gated-block:begin nonMember:true -->c<!--kg-gated-block:end-->"
    )

    body, problems = read(html=html)

    assert body == "<p>a</p><p>b</p>c"
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a\nb\n\nc", "a\\\nb\n\nc"),
        ("a  \nb\\\nc", "a  \nb\\\nc"),
        ("- a\n  b\n> c\n> d", "- a\\\n  b\n> c\\\n> d"),
        ("#One\ntext\n##Two", "# One\ntext\n## Two"),
        ("```\n#a\nb\n```", "```\n#a\nb\n```"),
        ("    #a\n    b", "    #a\n    b"),
        ("<pre>\n#a\nb\n</pre>", "<pre>\n#a\nb\n</pre>"),
        ("`a\nb` c", "`a\nb` c"),
        ("| a | b |\n| - | - |\n| c | d |", "| a | b |\n| - | - |\n| c | d |"),
        ("[a]: /b\n[c]: /d", "[a]: /b\n[c]: /d"),
        ("a\r\nb", "a\\\nb"),
    ],
)
def test_markdown_says_what_ghost_would_make_of_it(written, meant):
    assert spelt_out(written) == meant
