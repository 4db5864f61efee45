"""What a token means, in words that a moderator understands."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.spam.measures import describe_measure

SIGNS = {
    "member": gettext_lazy("written by a member"),
    "guest": gettext_lazy("written by a guest"),
    "site": gettext_lazy("the author names a site"),
    "mail-link": gettext_lazy("a link that writes a mail"),
    "broken-link": gettext_lazy("a link that is broken"),
    "number-link": gettext_lazy("a link to a bare network address"),
    "port-link": gettext_lazy("a link to an unusual port"),
    "query-link": gettext_lazy("a link with a query"),
    "forum-link": gettext_lazy("a link as forums write it"),
    "html-link": gettext_lazy("a link in raw HTML"),
    "spelt-out": gettext_lazy("a word with its letters set apart"),
    "disguised": gettext_lazy("a word with letters of a foreign script in disguise"),
}
KINDS = {
    "word": gettext_lazy("the word “%s”"),
    "typed": gettext_lazy("the word “%s”, in these capitals"),
    "pair": gettext_lazy("the words “%s”"),
    "link": gettext_lazy("a link to %s"),
    "hostword": gettext_lazy("“%s” in the domain of a link"),
    "path": gettext_lazy("“%s” in the address of a link"),
    "mailto": gettext_lazy("an e-mail at %s in the text"),
    "name": gettext_lazy("“%s” in the author's name"),
    "whole-name": gettext_lazy("the author's name “%s”"),
    "mail": gettext_lazy("the author's e-mail is at %s"),
    "whole-mail": gettext_lazy("the author's e-mail %s"),
    "site": gettext_lazy("the author's site is at %s"),
    "script": gettext_lazy("mostly %s letters"),
    "header": gettext_lazy("the header %s"),
}
MAX_SHOWN = 80


def describe(token: str) -> str:
    """The token in words, in the language of the moment."""
    kind, _colon, value = token.partition(":")
    if kind == "sign":
        return str(SIGNS[value])
    if kind == "size":
        return describe_measure(*value.split(":"))
    if len(value) > MAX_SHOWN:
        value = f"{value[:MAX_SHOWN]}…"
    return KINDS[kind] % (value or _("(none)"))
