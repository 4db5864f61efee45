"""HTML as somebody reads it: the words, and the addresses behind them."""

from html.parser import HTMLParser

HIDDEN = frozenset({"script", "style", "head", "title", "template"})
# These stand inside words; every other tag parts them.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
LINKING = {"a": "href", "area": "href", "img": "src", "form": "action"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.links: list[str] = []
        self.hidden = ""

    def handle_starttag(self, tag, attrs):
        if tag in HIDDEN:
            self.hidden = tag
        elif tag not in INLINE:
            self.text.append(" ")
        wanted = LINKING.get(tag)
        self.links.extend(value for name, value in attrs if name == wanted and value)

    def handle_endtag(self, tag):
        if tag == self.hidden or tag == "body":
            self.hidden = ""
        elif tag not in INLINE:
            self.text.append(" ")

    def handle_data(self, data):
        if not self.hidden or self.hidden == "head":
            self.text.append(data)


def read_html(html: str) -> tuple[str, list[str]]:
    """The words of `html`, and the addresses that it links to or loads, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.text), reader.links
