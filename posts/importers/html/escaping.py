r"""Words that look like Markdown, with as many backslashes as they need and no more."""

import re

from posts.rendering.autolinks import BEFORE, URL

ENTITY = re.compile(r"&(?=#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
ADDRESS = re.compile(r"(?:https?://|www\.)(?=\w)")
PLAIN_ADDRESS = re.compile(r"https?://[\w/:.?=#~+-]+\Z", re.ASCII)
SIGNS = re.compile(r"[\\`*_~\[\]$<&!^]")
ORDERED = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
BULLET = re.compile(r"[-+*](?=\s|\Z)")
HASHES = re.compile(r"#{1,6}(?=\s|\Z)")
DEFINITION = re.compile(r"[:~](?=\s|\Z)")
ONLY_SIGNS = re.compile(r"[-=|:+\s]*\Z")
TRAILING = "?!.,:*_~'\";)"
TOUCHING = frozenset("*_~`[<\\!&$|")


def escape(text: str, before: str = "", after: str = "", *, in_link: bool = False) -> str:
    """`text` in a line, between the characters `before` and `after` of what stands around it."""
    parts, at, start = [], 0, 0
    while not in_link and (match := ADDRESS.search(text, start)):
        start = match.end()
        previous = text[match.start() - 1] if match.start() else before
        found = URL.match(text, match.start())
        if found is None or (previous and previous not in BEFORE):
            continue
        parts.append(_escape(text[at : found.start()], before, found[0][0], in_link))
        url = found[0].rstrip(TRAILING)
        at = start = found.start() + len(url)
        rest = found[0][len(url) :] + (text[found.end() : found.end() + 1] or after)
        # The renderer takes everything up to the next blank for a part of the address.
        is_safe = not set(rest) & TOUCHING and not ENTITY.search(found[0])
        parts.append(url if is_safe else bounded(url))
        before = url[-1]
    parts.append(_escape(text[at:], before, after, in_link))
    return "".join(parts)


def bounded(url: str) -> str:
    """A bare address that ends where it does, whatever follows."""
    if PLAIN_ADDRESS.match(url):
        return f"<{url}>"
    address = f"http://{url}" if url.startswith("www.") else url
    return f"[{_escape(url, '', '', True)}]({destination(address)})"


def _escape(text: str, before: str, after: str, in_link: bool) -> str:
    def sign(match: re.Match) -> str:
        at, found = match.start(), match[0]
        previous = text[at - 1] if at else before
        following = text[at + 1] if at + 1 < len(text) else after
        needed = _needs(found, text, at, previous, following, in_link)
        return f"\\{found}" if needed else found

    return SIGNS.sub(sign, text)


def _needs(sign: str, text: str, at: int, previous: str, following: str, in_link: bool) -> bool:
    """Whether `sign` would mean something where it stands."""
    blank_before, blank_after = not previous or previous.isspace(), following.isspace()
    if sign in "*~":
        return not (blank_before and blank_after and previous)
    if sign == "_":
        return not (previous.isalnum() and following.isalnum())
    if sign == "$":
        return not previous.isalnum() and not blank_after
    if sign == "<":
        return bool(following) and not blank_after
    if sign == "&":
        return ENTITY.match(text, at) is not None
    if sign == "!":
        return at + 1 == len(text) and following == "["
    if sign == "^":
        return previous == "[" or (not previous and in_link)
    if sign == "[":
        return in_link or not previous or following == "^"
    if sign == "]":
        return in_link or following in ("(", "[", ":")
    if sign == "\\":
        return not following or following == "\n" or not following.isalnum()
    return True


def line_start(line: str) -> str:
    """A line of finished Markdown that begins no list, quote, heading, rule or table by chance."""
    words = line.lstrip()
    if words and len(words) < len(line):  # after a no-break space
        return line[: len(line) - len(words)] + line_start(words)
    if ONLY_SIGNS.match(line):
        return f"\\{line}" if line else ""
    if line.startswith((">", "|")):
        return f"\\{line}"
    if match := ORDERED.match(line):
        return f"{match[1]}\\{line[match.end(1) :]}"
    if BULLET.match(line) or HASHES.match(line) or DEFINITION.match(line):
        return f"\\{line}"
    return line


def heading_end(text: str) -> str:
    """A heading's last # would be taken for its closing sequence, {#x} for its id."""
    if text.endswith("}") and "{#" in text:
        return f"{text}<!-- -->"
    stripped = text.rstrip("#")
    if stripped != text and (not stripped or stripped[-1].isspace()):
        return f"{stripped}\\{text[len(stripped) :]}"
    return text


def title(words: str) -> str:
    """The title of a link or picture, with its quotes, after a blank; or nothing."""
    words = " ".join(words.split())
    if not words:
        return ""
    words = ENTITY.sub(r"\\&", words.replace("\\", "\\\\").replace('"', '\\"'))
    return f' "{words}"'


def destination(address: str) -> str:
    """An address in the brackets of a link."""
    address = re.sub(r"[\s<>`\x00-\x1f]+", _percent, address.strip())
    address = ENTITY.sub(r"\\&", address.replace("\\", "\\\\"))
    if not address:
        return "<>"
    if not _is_balanced(address):
        address = address.replace("(", "\\(").replace(")", "\\)")
    return address


def _percent(match: re.Match) -> str:
    return "".join(f"%{ord(char):02X}" if ord(char) < 128 else "%20" for char in match[0])


def _is_balanced(address: str) -> bool:
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
