"""Code blocks: coloured on the server, line by line, so that lines can be marked."""

import re
from functools import lru_cache
from html import escape, unescape
from itertools import groupby
from time import thread_time

from django.utils.translation import gettext as _
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, Text
from pygments.util import ClassNotFound

from posts.rendering.fences import Fence
from posts.rendering.limits import TooMuch

# Many lexers slow down with the square of their input, and a single match cannot be
# interrupted. Longer blocks, longer lines and long blanks (which no program needs) are shown
# plain, and so is a block that has used up the seconds of processor time below: real code of
# the greatest size takes a tenth of that.
MAX_COLOURED = 20_000
MAX_COLOURED_LINE = 2_000
MAX_COLOURED_PER_TEXT = 150_000
MAX_COLOURED_PER_COMMENT = 5_000
MAX_COLOURING_TIME = 0.4
LONG_BLANK = re.compile(r"[^\S\n]{150}|(?:[^\S\n]*\n){40}")
MAX_LINES = 20_000
TAG = re.compile(r"<[^>]*>")
LANGUAGE = re.compile(r"[\w+#.-]{1,40}\Z")
PLAIN = {"", "text", "plain", "plaintext", "txt", "none", "output"}
# Lexers whose single matches take seconds on a few kilobytes made for it.
UNBOUNDED = {
    "peg",
    "ragel",
    "ragel-c",
    "ragel-cpp",
    "ragel-d",
    "ragel-em",
    "ragel-java",
    "ragel-objc",
    "ragel-ruby",
    "ragel-rb",
    "systemd",
}
# Blocks of these that open with a prompt are a session, whatever their author called it.
SESSIONS = {
    **dict.fromkeys(("bash", "sh", "shell", "zsh", "console", "terminal"), ("$ ", "console")),
    **dict.fromkeys(("python", "py", "python3"), (">>> ", "pycon")),
}


def render_code(source: str, fence: Fence, env: dict) -> str:
    """The figure that docs/markdown.md describes."""
    named = LANGUAGE.match(fence.language)
    data = f' data-lang="{escape(fence.language)}"' if named else ""
    css = f' class="language-{escape(fence.language)}"' if named else ""
    label = _("Code: %(title)s") % {"title": fence.title} if fence.title else _("Code")
    direction = ' dir="ltr"' if env.get("rtl") else ""
    caption = ""
    if fence.title:
        caption = f'<figcaption class="code-title">{escape(fence.title)}</figcaption>\n'
    return (
        f'<figure class="{_figure_classes(fence)}" data-code{data}>\n'
        f'{caption}<pre tabindex="0" role="group" aria-label="{escape(label)}"{direction}>'
        f"<code{css}>{''.join(_lines(source, fence, env))}</code></pre>\n</figure>\n"
    )


def _figure_classes(fence: Fence) -> str:
    classes = ["code"]
    if fence.numbered:
        classes.append("code-numbered")
    if fence.diff or fence.language == "diff":
        classes.append("code-diff")
    return " ".join(classes)


def _lines(source: str, fence: Fence, env: dict):
    """Each line of code in its span, the line break inside."""
    typed = source.split("\n")
    env["code_lines"] = env.get("code_lines", 0) + len(typed)
    if env["code_lines"] > MAX_LINES:
        raise TooMuch
    ends_open = typed[-1] != ""
    if not ends_open:
        typed.pop()
    signs = [_sign(line) if fence.diff else "" for line in typed]
    bare = [line[len(sign) :] for line, sign in zip(typed, signs, strict=True)]
    coloured = colour_lines(bare, fence.language, env)
    for index, (html, sign) in enumerate(zip(coloured, signs, strict=True)):
        number = fence.start + index
        change = _change(sign, typed[index], fence)
        classes = f"line{' hl' if fence.marks(number) else ''}{change}"
        data = f' data-line="{number}"' if fence.numbered else ""
        shown = f'<span class="sign">{sign}</span>' if sign else ""
        end = "" if ends_open and index == len(typed) - 1 else "\n"
        yield f'<span class="{classes}"{data}>{shown}{html}{end}</span>'


def _sign(line: str) -> str:
    return line[0] if line[:1] in ("+", "-", " ") and line else ""


def _change(sign: str, line: str, fence: Fence) -> str:
    """The class of an added or removed line, with its blank, or nothing."""
    if fence.language == "diff" and not sign and not line.startswith(("+++", "---")):
        sign = line[:1]
    return {"+": " ins", "-": " del"}.get(sign, "")


def colour_lines(lines: list[str], language: str, env: dict) -> list[str]:
    """The lines as HTML, coloured if the language is known and the block not too long."""
    # The lexers of console sessions drop a last line that has no end.
    source = "\n".join(lines) + "\n"
    lexer_class = find_lexer(_session(source, language))
    if lexer_class is None or not _may_colour(source, lines, env):
        return [escape(line, quote=False) for line in lines]
    coloured = _colour(source, lexer_class, env)
    # A lexer that drops or adds a sign must not change what the author wrote.
    if [unescape(TAG.sub("", line)) for line in coloured] != lines:
        return [escape(line, quote=False) for line in lines]
    return coloured


def _may_colour(source: str, lines: list[str], env: dict) -> bool:
    spent = env["coloured"] = env.get("coloured", 0) + len(source)
    allowance = MAX_COLOURED_PER_COMMENT if env.get("narrow") else MAX_COLOURED_PER_TEXT
    if len(source) > MAX_COLOURED or spent > allowance:
        return False
    return max(map(len, lines), default=0) <= MAX_COLOURED_LINE and not LONG_BLANK.search(source)


@lru_cache(maxsize=256)
def find_lexer(language: str) -> type[Lexer] | None:
    """The lexer class for a name in lower case; classes are shared by threads, lexers are not."""
    if language in PLAIN | UNBOUNDED or len(language) > 40:
        return None
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return None


def _session(source: str, language: str) -> str:
    language = language.lower()
    prompt, session = SESSIONS.get(language, ("", ""))
    return session if prompt and source.lstrip("\n").startswith(prompt) else language


def _colour(source: str, lexer_class: type[Lexer], env: dict) -> list[str]:
    """One string of HTML a line, or nothing where the lexer fails or takes too long."""
    lexer = lexer_class(stripnl=False, ensurenl=False, stripall=False)
    try:
        tokens = list(_timed(lexer.get_tokens(source), env))
    except Exception:  # a lexer's own bug must not cost the author the page
        return []
    lines = [""]
    for css, run in groupby(tokens, key=lambda token: token[0]):
        first, *others = "".join(value for _, value in run).split("\n")
        lines[-1] += _span(css, first)
        lines.extend(_span(css, part) for part in others)
    return lines[:-1]


def _timed(tokens, env: dict):
    """`(class, text)` of each token; raises TooMuch when the text's processor time is used up."""
    started = thread_time() - env.get("colouring_time", 0)
    for kind, value in tokens:
        env["colouring_time"] = thread_time() - started
        if env["colouring_time"] > MAX_COLOURING_TIME:
            raise TooMuch
        yield _css_class(kind), value


def _span(css: str, text: str) -> str:
    shown = escape(text, quote=False)
    return f'<span class="{css}">{shown}</span>' if css and text else shown


@lru_cache(maxsize=1024)
def _css_class(kind) -> str:
    """Pygments' short class; blanks and plain text need none."""
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    return "" if kind in Text else STANDARD_TYPES[kind]
