"""Code blocks: what the words after the backticks do."""

import html5lib
import pytest

from posts.rendering import render_post


def figure(source: str):
    """The figure, as a browser sees it."""
    return html5lib.parseFragment(render_post(source).html, namespaceHTMLElements=False).find(
        ".//figure"
    )


def lines(source: str) -> list[tuple[str, str, str | None]]:
    """Class, text and number of each line."""
    return [
        (line.get("class"), "".join(line.itertext()), line.get("data-line"))
        for line in figure(source).findall(".//code/span")
    ]


def test_code_is_a_figure_that_the_keyboard_can_scroll():
    assert render_post('```python title="a <b>.py"\nx = 1\n```\n').html == (
        '<figure class="code" data-code="" data-lang="python">\n'
        '<figcaption class="code-title">a &lt;b&gt;.py</figcaption>\n'
        '<pre tabindex="0" role="group" aria-label="Code: a &lt;b&gt;.py"><code class="language-python">'
        '<span class="line"><span class="n">x</span> <span class="o">=</span> <span class="mi">1</span>\n'
        "</span></code></pre>\n</figure>\n"
    )


@pytest.mark.parametrize("language", ["", "text", "no-such-language", "x" * 200, "<b>"])
def test_unknown_language_is_plain(language):
    html = render_post(f"```{language}\nif x < 1:\n```\n").html

    assert '<span class="line">if x &lt; 1:\n</span>' in html


def test_indented_code_is_plain():
    assert lines("    a\n\n    b\n") == [
        ("line", "a\n", None),
        ("line", "\n", None),
        ("line", "b\n", None),
    ]


@pytest.mark.parametrize(
    "info",
    [
        "text hl=2-3,5",
        'text hl="2-3, 5"',
        "text hl=2-3,5 linenos=false",
        'text {hl_lines=["2-3",5]}',
        "text{hl_lines=[2,3,5]}",
        'text {hl_lines="2-3 5"}',
    ],
)
def test_lines_are_marked(info):
    marked = [
        text for css, text, _ in lines(f"```{info}\n1\n2\n3\n4\n5\n6\n```\n") if "hl" in css.split()
    ]

    assert marked == ["2\n", "3\n", "5\n"]


@pytest.mark.parametrize(
    "info", ["text linenos start=9 hl=10", "text {linenos=true,linenostart=9,hl_lines=[10]}"]
)
def test_lines_are_numbered_from_start(info):
    source = f"```{info}\na\nb\n```\n"

    assert figure(source).get("class") == "code code-numbered"
    assert lines(source) == [("line", "a\n", "9"), ("line hl", "b\n", "10")]


@pytest.mark.parametrize(
    "info",
    ["text hl=0 start=x", "text hl=5-2 start=-1", "text hl= start=", "text = =x {", 'text title="'],
)
def test_nonsense_in_the_info_is_ignored(info):
    assert lines(f"```{info}\na\n```\n") == [("line", "a\n", None)]


def test_file_name_may_follow_the_language():
    html = render_post("```python:src/app.py\nx\n```\n").html

    assert '<figcaption class="code-title">src/app.py</figcaption>' in html
    assert 'data-lang="python"' in html


def test_diff_marks_lines_and_keeps_the_language():
    source = "```python diff\n x = 1\n-y = 2\n+y = 3\n```\n"

    assert figure(source).get("class") == "code code-diff"
    assert lines(source) == [
        ("line", " x = 1\n", None),
        ("line del", "-y = 2\n", None),
        ("line ins", "+y = 3\n", None),
    ]
    assert '<span class="sign">+</span><span class="n">y</span>' in render_post(source).html


def test_plain_diff_leaves_file_names_unmarked():
    source = "```diff\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n```\n"

    assert [css for css, _, _ in lines(source)] == ["line", "line", "line", "line del", "line ins"]


@pytest.mark.parametrize(
    ("info", "code", "prompts"),
    [
        ("console", "$ ls\na\n$ pwd\n", ["$ ", "$ "]),
        ("bash", "$ ls\na\n", ["$ "]),
        ("pycon", ">>> def f():\n...     pass\n", [">>> ", "... "]),
        ("python", ">>> 1\n1\n", [">>> "]),
        ("bash", "echo $HOME\n", []),
    ],
)
def test_prompts_have_their_own_class(info, code, prompts):
    spans = figure(f"```{info}\n{code}```\n").findall(".//span[@class='gp']")

    assert [span.text for span in spans] == prompts


@pytest.mark.parametrize(
    "language",
    ["python", "console", "html", "json", "rst", "yaml", "make", "php", "text", "diff", "c"],
)
@pytest.mark.parametrize(
    "code", ["x\n\n\n y\t<&>'\"\n", "\n\n$ ls\n  out\n", "a", "", "\n", "'''\n+ -\n"]
)
def test_code_comes_out_as_typed(language, code):
    shown = "".join(text for _, text, _ in lines(f"```{language}\n{code}\n```\n"))

    assert shown == f"{code}\n"


def test_title_cannot_break_out():
    attributes = figure("```python title='\" onclick=\"x'\ny\n```\n").find("pre").attrib

    assert set(attributes) == {"tabindex", "role", "aria-label"}
    assert attributes["aria-label"] == 'Code: " onclick="x'


def test_long_code_is_plain_and_complete():
    html = render_post("```python\n" + "x = 1\n" * 10_000 + "```\n").html

    assert html.count('<span class="line">x = 1\n</span>') == 10_000
