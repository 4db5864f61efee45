"""Mails: what became of each, and what can still be done about it."""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blogsite.deskadmin import DeskAdmin
from blogsite.outgoing import mail
from blogsite.outgoing.models import Message

# Whoever may look at mails could otherwise enter other people's accounts by the links in them.
UNSHOWN = _("For nobody but the one it goes to: it holds a link that lets in whoever follows it.")


@admin.register(Message)
class MessageAdmin(DeskAdmin, admin.ModelAdmin):
    list_display = ["shown_subject", "to", "state", "attempts", "created_at", "sent_at", "problem"]
    list_filter = ["state"]
    search_fields = ["to", "subject", "cause"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["send_again", "do_not_send"]
    fields = [
        ("state", "attempts"),
        "last_error",
        "to",
        "shown_subject",
        "shown_text",
        "shown_html",
        "shown_headers",
        "message_id",
        "cause",
        ("created_at", "sent_at"),
    ]
    readonly_fields = [
        "shown_subject",
        "shown_text",
        "shown_html",
        "shown_headers",
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody rewrites what was sent; the actions ask for the right to change by themselves."""
        return False

    def has_delete_permission(self, request, obj=None):
        # One that still waits would vanish unsent, and one being sent could not be told done.
        finished = obj is None or obj.state in Message.FINISHED
        return finished and super().has_delete_permission(request, obj)

    def has_send_permission(self, request) -> bool:
        return super().has_change_permission(request)

    def get_actions(self, request):
        """Deleting is for one at a time: each is looked at, whether it is finished."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Send again"), permissions=["send"])
    def send_again(self, request, queryset):
        count = sum(mail.send_again(message) for message in queryset)
        self.say_how_many(request, count, ngettext("%d mail waits.", "%d mails wait.", count))

    @admin.action(description=_("Do not send"), permissions=["send"])
    def do_not_send(self, request, queryset):
        count = sum(mail.cancel(message) for message in queryset)
        told = ngettext("%d mail will not be sent.", "%d mails will not be sent.", count)
        self.say_how_many(request, count, told)

    def say_how_many(self, request, count: int, sentence: str) -> None:
        if count:
            self.message_user(request, sentence % count, messages.SUCCESS)
        else:
            self.message_user(
                request, _("None of these mails is in a state for that."), messages.WARNING
            )

    @admin.display(description=_("subject"), ordering="subject")
    def shown_subject(self, message):
        return message.subject or _("(removed after a while)")

    @admin.display(description=_("problem"))
    def problem(self, message):
        return message.last_error[:120]

    @admin.display(description=_("text"))
    def shown_text(self, message):
        return UNSHOWN if message.secret else as_typed(message.text)

    @admin.display(description=_("HTML source"))
    def shown_html(self, message):
        return UNSHOWN if message.secret else as_typed(message.html)

    @admin.display(description=_("headers"))
    def shown_headers(self, message):
        if message.secret:
            return UNSHOWN
        rows = [f"{name}: {value}" for name, value in message.headers.items()]
        return format_html_join("", "<div>{}</div>", ([row] for row in rows)) or "-"


def as_typed(text: str):
    """The text with its lines and its angle brackets; never as the page's own markup."""
    return format_html('<pre class="outgoing-source">{}</pre>', text) if text else "-"
