"""Signing in by a link that an operator made."""

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from accounts import login_links

SESSION_KEY = "login_link"


class OpenLoginLink(View):
    """The address in the link. It moves the secret into the session at once, so that neither the
    history of the browser, nor another site, nor a line in the log has one that still works."""

    def get(self, request, token):
        if login_links.person_of(token):
            request.session[SESSION_KEY] = token
        else:
            request.session.pop(SESSION_KEY, None)
        return redirect("accounts:sign_in_by_link")


class SignInByLink(TemplateView):
    """Asks first: programs that look at links in mails and chats follow them, but press nothing."""

    template_name = "account/login_link.html"

    def get(self, request):
        return self.show(login_links.person_of(request.session.get(SESSION_KEY, "")))

    def post(self, request):
        user = login_links.use_up(request.session.pop(SESSION_KEY, ""))
        if user is None:
            return self.show(None)
        login_links.note(request, user)
        login = Login(user=user, redirect_url=reverse("account_change_password"))
        return perform_login(request, login)

    def show(self, person):
        status = HTTPStatus.OK if person else HTTPStatus.GONE
        return self.render_to_response(self.get_context_data(person=person), status=status)
