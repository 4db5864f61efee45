"""From an author to an editor and back: the draft that somebody is asked to look at."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from posts.admin.publication import PublicationAdmin


class Reviewing(PublicationAdmin):
    """Submitting a draft, sending it back, and seeing which are waiting.

    Publishing one answers it as well; the model sees to that.
    """

    def save_model(self, request, obj, form, change):
        if "_send_back" in request.POST:
            obj.submitted_at = None
            self.message_user(request, self.words_for_back(request), messages.SUCCESS)
        elif "_submit" in request.POST and obj.status == "draft":
            obj.submitted_at = obj.submitted_at or timezone.now()
            told = _("Submitted: it waits for an editor now. You may go on writing.")
            self.message_user(request, told, messages.SUCCESS)
        super().save_model(request, obj, form, change)

    def words_for_back(self, request):
        if self.has_publish_permission(request):
            return _(
                "Sent back: it waits for no editor any more. No mail goes out, so tell its author why."
            )
        return _("Taken back: it waits for no editor any more.")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        is_draft = obj is None or obj.status == "draft"
        context["can_submit"] = is_draft and not self.has_publish_permission(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("status"), ordering="published_at")
    def status_label(self, thing):
        if thing.status == "draft" and thing.submitted_at:
            return format_html('<span class="status status-draft">{}</span>', _("In review"))
        return super().status_label(thing)
