"""The forms on a page, filled in as nobody should, from a fixed lot."""

from dataclasses import dataclass, field
from random import Random
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from blogsite.tests.attacks.payloads import FOREIGN_ADDRESSES, NAMES, TRAVERSALS
from posts.tests.pictures import picture_bytes

TEXTS = [*NAMES, *FOREIGN_ADDRESSES, *TRAVERSALS, "9" * 40, "-" + "9" * 40, "x" * 20_000]
# Kinds of fields whose value belongs to the page: with a wrong one the rest is not even looked at.
KEPT = {"hidden", "select", "radio", "checkbox"}
FILES = [
    ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("x.html", b"<script>alert(1)</script>"),
    ("../../x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
    ("<img src=x onerror=alert(1)>.png", picture_bytes()),
    ("empty.jpg", b""),
]


@dataclass(frozen=True)
class Form:
    """Where it leads, how, and its fields: kind and value by name."""

    path: str
    method: str
    fields: dict = field(hash=False)
    button: tuple[str, str] | None = None

    @property
    def shape(self) -> tuple:
        """Alike for the same form on two pages."""
        return shape_of(self.path), self.method, *sorted(self.fields), self.button

    def empty(self) -> dict:
        return self.pressed(dict.fromkeys(self.fields, ""))

    def spoiled(self, lot: Random, *, keeping: bool) -> dict:
        """With a hostile text in every field, or else in those that somebody types into."""
        values = {}
        for name, (kind, value) in self.fields.items():
            if kind == "file":
                values[name] = SimpleUploadedFile(*lot.choice(FILES))
            else:
                is_kept = keeping and kind in KEPT
                values[name] = value if is_kept else lot.choice(TEXTS)
        return self.pressed(values)

    def pressed(self, values: dict) -> dict:
        values = {name: value for name, value in values.items() if value is not None}
        return values | dict([self.button] if self.button else [])


def shape_of(path: str) -> str:
    """`path` without the keys and names in it, so that one row stands for all of its kind."""
    parts = urlsplit(path)
    way = ["#" if any(each.isdigit() for each in part) else part for part in parts.path.split("/")]
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
    return "/".join(way) + "?" + "&".join(names)


def forms_on(document, path: str) -> list[Form]:
    """Each form once for each of its buttons."""
    found = []
    for form in document.forms:
        target = urlsplit(urljoin(path, form.get("action") or path))
        if target.netloc or form.method not in {"GET", "POST"}:
            continue  # elsewhere, or closing a dialog
        where = target.path + (f"?{target.query}" if target.query else "")
        fields = {each.name: kind_and_value(each) for each in form.inputs if is_filled_in(each)}
        for button in buttons_of(form):
            found.append(Form(where, form.method.lower(), fields, button))
    return found


def is_filled_in(element) -> bool:
    return bool(element.name) and element.get("type") not in {"submit", "button", "image", "reset"}


def kind_and_value(element) -> tuple[str, str | None]:
    """None where a browser would send nothing."""
    kind = element.tag if element.tag != "input" else element.get("type", "text").lower()
    if kind in {"radio", "checkbox"}:
        return kind, element.get("value", "on")
    if isinstance(element, html.SelectElement) and element.multiple:
        return kind, list(element.value)
    return kind, element.value or ""


def buttons_of(form) -> list:
    """Name and value of each named button; None for a form that has none."""
    buttons = form.xpath(".//button[not(@type='button')][@name] | .//input[@type='submit'][@name]")
    return [(each.get("name"), each.get("value", "")) for each in buttons] or [None]
