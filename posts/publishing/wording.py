"""Where a text stands, in a sentence for whoever looks at it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posts.models.publication import Publication
from posts.publishing import zones

NAMES = {
    "draft": gettext_lazy("Draft"),
    "review": gettext_lazy("In review"),
    "scheduled": gettext_lazy("Scheduled"),
    "published": gettext_lazy("Published"),
    "expired": gettext_lazy("Expired"),
    "trashed": gettext_lazy("In the trash"),
}


@dataclass(frozen=True)
class Stand:
    """The state of a text as the desk shows it."""

    state: str  # a key of NAMES
    name: str | Promise
    sentence: str  # what readers see, and when


def stand_of(text: Publication, zone: tzinfo) -> Stand:
    state = state_of(text)
    return Stand(state, NAMES[state], sentence_for(text, state, zone))


def state_of(text: Publication) -> str:
    """As the status of `text`, and whether a draft waits for an editor."""
    if text.status == "draft" and getattr(text, "submitted_at", None):
        return "review"
    return text.status


def sentence_for(text: Publication, state: str, zone: tzinfo) -> str:
    def said(moment: datetime) -> str:
        return zones.said(moment, zone)

    if state == "published":
        if text.expires_at:
            return _("Everybody can read it until %(end)s.") % {"end": said(text.expires_at)}
        return _("Everybody can read it since %(start)s.") % {"start": said(text.published_at)}
    if state == "scheduled":
        return _("Readers will see it from %(start)s on.") % {"start": said(text.published_at)}
    if state == "expired":
        return _("Readers saw it until %(end)s; its address says that it is gone.") % {
            "end": said(text.expires_at)
        }
    if state == "trashed":
        return _("Nobody can read it until it is restored.")
    if state == "review":
        asked = _("It waits for an editor since %(moment)s.") % {"moment": said(text.submitted_at)}
        return f"{asked} {hidden(text)}"
    return hidden(text)


def hidden(text: Publication) -> str:
    if text.withdrawn_at:
        return _("Readers saw it before; its address says that it is gone.")
    return _("Readers do not see it.")
