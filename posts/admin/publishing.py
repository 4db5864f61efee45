"""Publishing at the desk: dates in the form, buttons that do more than save, and what is said."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from posts.admin.moments import ZonedForm
from posts.publishing import states, wording, zones

# Buttons of those who decide what readers see.
FOR_PUBLISHERS = {"_publish", "_unpublish"}

# What happened, as posts.publishing names it, to whoever did it.
SAID = {
    "published": _("Published: everybody can read it now."),
    "approved": _("Approved: readers see it from its date on."),
    "submitted": _("Submitted: it waits for an editor now. You may go on writing."),
    "taken_back": _("Taken back: it waits for no editor any more."),
    "sent_back": _(
        "Sent back: it waits for no editor any more. Its authors get your note by mail."
    ),
    "scheduled": _("Scheduled: readers will see it at its time."),
    "unscheduled": _("It has no date any more: readers will not see it."),
    "unpublished": _("Taken back: readers no longer see it."),
    "expired": _("Expired: readers no longer see it."),
}


class DatedForm(ZonedForm):
    """Mixin for the form of a text: an end comes after a beginning."""

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("published_at"), cleaned.get("expires_at")
        if begins and ends and ends <= begins:
            self.add_error("expires_at", ValidationError(_("It would end before it begins.")))
        return cleaned


class Publishing:
    """Mixin for the admin of texts."""

    deeds_for_publishers = FOR_PUBLISHERS

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.zone = zones.zone_of(request.user)
        return form

    def save_model(self, request, obj, form, change):
        asked = self.deeds_for_publishers & set(request.POST)
        if asked and not self.has_publish_permission(request):
            raise PermissionDenied
        form.was = states.Standing.stored(obj) if change else states.Standing()
        super().save_model(request, obj, form, change)

    def text_saved(self, request, form, change):
        super().text_saved(request, form, change)
        happened = self.settle(request, form)
        if happened in SAID:
            self.message_user(request, SAID[happened], messages.SUCCESS)
        self.warn_of_times(request, form)

    def settle(self, request, form) -> str:
        """Do what the button says with the saved text; one event, whatever the form changed too.

        Gives what happened, as posts.publishing names it.
        """
        text, by, note = form.instance, request.user, form.cleaned_data.get("review_note", "")
        if "_unpublish" in request.POST:
            return states.withdraw(text, by, was=form.was)
        if "_publish" in request.POST and not text.is_published:
            return states.release(text, by, note=note, was=form.was)
        return states.follow(text, form.was, by, note)

    def warn_of_times(self, request, form) -> None:
        for label in form.times_that_exist_twice():
            said = _("%(label)s: that time comes twice that day; the first one was taken.")
            self.message_user(request, said % {"label": label}, messages.WARNING)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["stand"] = wording.stand_of(obj, zones.zone_of(request.user))
            context["can_decide"] = self.has_publish_permission(
                request
            ) and self.has_change_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)
