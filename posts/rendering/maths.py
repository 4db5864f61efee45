r"""`$x$`, `$$x$$` and math fences become MathML, which browsers draw without a script.

A dollar opens a formula only where prose would not have one: not after a letter or digit,
not before a blank; it closes only after a non-blank and not before a letter or digit. So
"$5 and $6" and "$HOME/$USER" stay text.
"""

import re
from html import escape

from django.utils.translation import gettext as _
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from posts.rendering.limits import TooMuch

# The converter needs a stack frame or three for each bracket, and its time is not linear.
MAX_TEX = 2_000
MAX_FORMULAS = 400
MAX_BRACES = 40
INLINE = re.compile(
    r"(\$\$?)(?![\s$])((?:[^$\\\n]|\\[^\n]|\n(?!\s*\n)){1,2000}?)(?<!\s)\1(?![\w$])"
)
# Definitions can expand without end, the others put markup or addresses into the page.
TEXT_COMMAND = re.compile(r"\\(?:text[a-z]*|[hmf]box|mbox|emph|operatorname\*?)\s*\{[^}]*\}")
ESCAPED = re.compile(r"\\.", re.DOTALL)
STAND_INS = {ord("<"): "\ue000", ord(">"): "\ue001", ord("&"): "\ue002"}
FORBIDDEN = re.compile(
    r"\\(?:def|gdef|edef|let|newcommand|renewcommand|providecommand|newenvironment"
    r"|DeclareMathOperator|href|style|class|cssId|require|verb)(?![A-Za-z])"
)


def maths_plugin(md: MarkdownIt) -> None:
    """Add the rules and how their tokens are drawn."""
    md.inline.ruler.before("escape", "math_inline", math_inline)
    md.block.ruler.before(
        "fence", "math_block", math_block, {"alt": ["paragraph", "blockquote", "list"]}
    )
    md.add_render_rule("math_inline", render_inline_math)
    md.add_render_rule("math_block", render_block_math)


def math_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    if state.pos and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] == "$"):
        return False
    match = INLINE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.markup, token.content = match.groups()
    state.pos = match.end()
    return True


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$` at the start of a line up to `$$` at the end of one, with no blank line between."""
    if state.is_code_block(start) or not _line(state, start).startswith("$$"):
        return False
    if start < state.env.get("no_maths_before", 0):
        return False
    lines = [_line(state, start)[2:]]
    last = start
    while not lines[-1].rstrip().endswith("$$"):
        last += 1
        if last >= end or state.isEmpty(last) or state.sCount[last] < state.blkIndent:
            # Remembered, or a thousand opening lines would each search the same paragraph.
            state.env["no_maths_before"] = last
            return False
        lines.append(_line(state, last))
    content = "\n".join(lines).rstrip()[:-2].strip()
    if not content or "$$" in content:
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.block, token.content, token.markup = True, content, "$$"
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def render_inline_math(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    display = "block" if token.markup == "$$" else "inline"
    shown = f"{token.markup}{token.content}{token.markup}"
    return to_mathml(token.content, display, env) or (
        f'<code class="math-error">{escape(shown)}</code>'
    )


def render_block_math(renderer, tokens, index, options, env) -> str:
    return block_math(tokens[index].content, env)


def block_math(tex: str, env: dict) -> str:
    """A formula on its own line, in a box that scrolls, or its source where it is broken."""
    mathml = to_mathml(tex, "block", env)
    if not mathml:
        return f'<pre class="math-error"><code>{escape(tex)}</code></pre>\n'
    label = escape(_("Formula"))
    return (
        f'<div class="math-block" tabindex="0" role="group" aria-label="{label}">{mathml}</div>\n'
    )


def to_mathml(tex: str, display: str, env: dict) -> str:
    """MathML, or an empty string where `tex` is broken, too long or not for us."""
    env["formulas"] = env.get("formulas", 0) + 1
    if env["formulas"] > MAX_FORMULAS:
        raise TooMuch
    if len(tex) > MAX_TEX or tex.count("{") + tex.count("\\left") > MAX_BRACES * 4:
        return ""
    if FORBIDDEN.search(tex) or not _is_balanced(tex) or _depth(tex) > MAX_BRACES:
        return ""
    try:
        mathml = show_markup(convert(hide_markup(tex), display=display))
    except Exception:  # the converter raises whatever its internals ran into
        return ""
    return mathml.replace("<math ", f'<math alttext="{escape(tex)}" ', 1)


def hide_markup(tex: str) -> str:
    """The converter writes the words of \\text and the like unescaped; these signs stand in."""

    def hide(match: re.Match) -> str:
        return match[0].translate(STAND_INS)

    # It also takes `&#x..;` for a sign of its own, so a typed one must not look like it.
    return TEXT_COMMAND.sub(hide, tex.replace("&#", "& #"))


def show_markup(mathml: str) -> str:
    for sign, stand_in in STAND_INS.items():
        mathml = mathml.replace(stand_in, escape(chr(sign)))
    return mathml


def _is_balanced(tex: str) -> bool:
    """Whether each brace has its partner; the converter takes a missing one for granted."""
    braces = ESCAPED.sub("", tex)
    return braces.count("{") == braces.count("}")


def _depth(tex: str) -> int:
    """How deep braces and scripts nest; each is a recursion in the converter."""
    depth = deepest = 0
    for char in tex:
        if char in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "}]":
            depth -= 1
    return max(deepest, len(re.findall(r"[\^_]\s*(?=[\^_\\])", tex)))


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
