"""The writing page and what was not saved: restoring it, refusing a stale save, merging."""

import logging
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from posts.admin.autosaving import Autosaving
from posts.admin.stale import SHOWN
from posts.drafting import presence, reconciling, sent, working_copies
from posts.drafting.offers import offers
from posts.models import WorkingCopy
from posts.revisions.keeping import of

logger = logging.getLogger(__name__)

MERGE = "_merge"  # the button


@dataclass
class Drafted:
    """What this request is about, beside the form: for the panels of the page."""

    restored: WorkingCopy | None = None
    reconciled: reconciling.Reconciled | None = None
    not_offered: set[UUID] = field(default_factory=set)  # is in the form already


class Drafting(Autosaving):
    """Mixin for the admin of texts, before all that saves."""

    @property
    def media(self):
        scripts = [
            forms.Script(f"js/desk/{name}.js", type="module")
            for name in ["autosave", "presence", "notices"]
        ]
        return super().media + forms.Media(js=scripts)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.drafted = Drafted()
        method = request.method
        if method == "GET" and "copy" in request.GET:
            self.fill_with_copy(request, object_id)
        elif method == "POST":
            forget_copy(request)
            self.name_window(request)
            if MERGE in request.POST:
                self.fill_with_both(request, object_id)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        # Only now: the transaction of the save is over, whatever has become of it.
        if method == "POST" and "adminform" in (getattr(response, "context_data", None) or {}):
            self.keep_refused(request, response.context_data["original"])
        request.method = method
        return response

    def text_saved(self, request, form, change):
        super().text_saved(request, form, change)
        self.settle_windows(request, form)

    def settle_windows(self, request, form) -> None:
        """What these windows hold was saved, so nobody is asked to restore it."""
        windows = {form.cleaned_data.get(name) for name in ("window", "merged_from")}
        working_copies.settle(request.user, form.instance, windows - {None})

    # --- The form is filled with something else ---------------------------------------

    def fill_with_copy(self, request, object_id) -> None:
        """Show what was not saved in place of what is stored; the form cannot be saved by this."""
        text = self.get_object(request, unquote(object_id)) if object_id else None
        copy = None
        if text or not object_id:
            mine = working_copies.of(request.user, self.model, text).exclude(fields__isnull=True)
            copy = mine.filter(window=as_window(request.GET["copy"])).first()
        if copy is None:
            told = _("This unsaved text is not here any more: it was saved or thrown away.")
            self.message_user(request, told, messages.WARNING)
            return
        request.drafted.restored = copy
        request.drafted.not_offered.add(copy.window)
        fill(request, copy.fields, window=copy.window, based_on=copy.based_on)

    def fill_with_both(self, request, object_id) -> None:
        """Put what both have written into the form.

        The window gets a new name: what the old one holds stays as it is until the merged text is
        saved.
        """
        text = self.get_object(request, unquote(object_id)) if object_id else None
        if text is None or not self.has_change_permission(request, text):
            return  # Django answers that
        mine = sent.fields_sent(request.POST)
        window = as_window(request.POST["window"])
        self.keep_window(request, text, window, mine)
        based_on = as_number(request.POST.get("based_on"))

        def make_form(text):
            fields = flatten_fieldsets(self.get_fieldsets(request, text))
            return self.get_form(request, text, change=True, fields=fields)(instance=text)

        request.drafted.reconciled = reconciling.reconcile(make_form, text, based_on, mine)
        request.drafted.not_offered.add(window)
        fields = request.drafted.reconciled.fields | self.rows_of_others(request, text)
        newest = text.revision_number
        fill(request, fields, window=uuid4(), merged_from=window, based_on=newest)

    def rows_of_others(self, request, text) -> sent.Fields:
        """The rows below the form, such as authors, as they are stored now.

        Rows that were sent would name others that are gone.
        """
        fields = {}
        for FormSet, inline in self.get_formsets_with_inlines(request, text):
            rows = FormSet(
                instance=text,
                prefix=FormSet.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            fields |= sent.fields_shown(rows.management_form, *rows.forms)
        return fields

    # --- What was sent is kept --------------------------------------------------------

    def name_window(self, request) -> None:
        """Without script, no window has a name yet."""
        if as_window(request.POST.get("window")) is None:
            request.POST = request.POST.copy()
            request.POST["window"] = str(uuid4())

    def keep_refused(self, request, text) -> None:
        """The form comes back instead of being saved; not everybody will go on with it."""
        if request.drafted.reconciled is None and SHOWN not in request.POST:
            stored = text if text and text.pk else None
            window = as_window(request.POST["window"])
            self.keep_window(request, stored, window, sent.fields_sent(request.POST))

    def keep_window(self, request, text, window, fields) -> None:
        based_on = as_number(request.POST.get("based_on"))
        fields = sent.storable(fields)
        if fields is None:
            return  # the answer holds it, and the browser
        try:
            working_copies.keep(request.user, self.model, text, window, based_on, fields)
        except working_copies.Taken:
            window = uuid4()
            request.POST = request.POST.copy()
            request.POST["window"] = str(window)
            working_copies.keep(request.user, self.model, text, window, based_on, fields)
        except DatabaseError:
            # The answer has the text in it; it is worth more than a second copy.
            logger.exception("A text that was not saved could not be kept.")

    # --- The panels -------------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        drafted = getattr(request, "drafted", Drafted())
        form = context["adminform"].form
        window = as_window(form["window"].value())
        stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
        context |= {
            "may_write": self.has_change_permission(request, obj)
            if obj
            else self.has_add_permission(request),
            "drafted": drafted,
            "unsaved": offers(request.user, self.model, obj, drafted.not_offered | {window}),
            "others": presence.others_at(obj, request.user, window),
            "heartbeat": presence.HEARTBEAT,
            "is_stale": stale,
            "saved_meanwhile": newest_revision(obj) if stale else None,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)


def forget_copy(request) -> None:
    """The way back from a saved form keeps what stands in the address."""
    request.GET = request.GET.copy()
    request.GET.pop("copy", None)
    request.META["QUERY_STRING"] = request.GET.urlencode()


def newest_revision(text):
    return of(text).select_related("saved_by").defer("fields", "body").first()


def fill(request: HttpRequest, fields: sent.Fields, **carried) -> None:
    """Let the form show `fields` as if they had been sent, and not be saved."""
    request.FILES  # noqa: B018  read before, or reading it later would undo the next line
    request.POST = sent.as_sent(fields, **{name: str(value) for name, value in carried.items()})
    request.POST[SHOWN] = "1"
    request.method = "POST"


def as_window(value) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def as_number(value) -> int:
    number = str(value or "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
