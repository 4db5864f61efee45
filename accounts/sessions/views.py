"""The page that lists one's sessions, and its two buttons."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from accounts import recording
from accounts.sessions import ending, tracking

# Looking is free; ending is not, or an open laptop could sign its owner out everywhere else.
asks_again = method_decorator(
    reauthentication_required(app="allauth.usersessions"), name="dispatch"
)


class Sessions(LoginRequiredMixin, TemplateView):
    """Where one is signed in, this browser first."""

    template_name = "usersessions/usersession_list.html"

    def get_context_data(self, **kwargs):
        if not tracking.living(self.request.user).filter(session_key=self.own_key).exists():
            tracking.start(self.request, self.request.user)
        rows = sorted(tracking.living(self.request.user), key=self.place_of, reverse=True)
        for row in rows:
            row.is_this = row.session_key == self.own_key
        return super().get_context_data(
            sessions=rows, has_others=any(not row.is_this for row in rows), **kwargs
        )

    @property
    def own_key(self) -> str:
        return self.request.session.session_key

    def place_of(self, row):
        return row.session_key == self.own_key, row.last_seen_at


@asks_again
class EndSession(LoginRequiredMixin, View):
    """POST: end one session that is not this one."""

    http_method_names = ["post"]

    def post(self, request, pk):
        rows = tracking.living(request.user).filter(pk=pk)
        if ending.end(rows.exclude(session_key=request.session.session_key)):
            recording.session_ended(request.user, 1)
            messages.success(request, _("That browser is signed out."))
        return redirect("usersessions_list")


@asks_again
class EndOthers(LoginRequiredMixin, View):
    """POST: end all sessions but this one."""

    http_method_names = ["post"]

    def post(self, request):
        count = ending.end_others(request.user)
        if count:
            recording.session_ended(request.user, count)
        messages.success(request, said_of(count))
        return redirect("usersessions_list")


def said_of(count: int) -> str:
    if not count:
        return _("You were signed in nowhere else.")
    return ngettext(
        "One other browser is signed out.", "%(count)d other browsers are signed out.", count
    ) % {"count": count}
