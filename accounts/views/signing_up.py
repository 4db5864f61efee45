"""Making an account: asking for it, and the page behind the link in the mail."""

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from accounts.forms import FinishForm
from accounts.models import User
from accounts.signing_up import answering, finishing, links, policy
from accounts.views.asking import AskByMail
from blogsite.outgoing import addresses

LONGEST_NEXT = 500  # characters; it travels in the link


class SignUp(AskByMail):
    template_name = "account/signup.html"
    action = "sign_up"
    sent_page = "account_signup_sent"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return HttpResponseRedirect(resolve_url("accounts:home"))
        if policy.is_off():
            return self.response_class(request, "account/signup_closed.html", {})
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            is_open=policy.is_open(), next_path=self.next_path(), **kwargs
        )

    def ask(self, email):
        answering.ask(email, self.next_path())

    def next_path(self) -> str:
        """Where they came from, if it is a page of this site."""
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        is_here = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/")
        is_fit = len(asked) <= LONGEST_NEXT and not addresses.unprintable(asked)
        return asked if is_here and is_fit else ""


class SignUpSent(TemplateView):
    template_name = "account/signup_sent.html"


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class Finish(FormView):
    """Whoever has the link gives the rest, and is signed in."""

    template_name = "account/signup_finish.html"
    form_class = FinishForm

    def dispatch(self, request, token):
        try:
            self.start = links.read(token)
        except links.Broken:
            return self.dead()
        if User.objects.with_address(self.start.email).exists():
            return self.dead()
        if not policy.may_join(self.start.email):
            return self.dead()
        if request.user.is_authenticated:
            return self.response_class(request, "account/signup_signed_in.html", {})
        return super().dispatch(request, token)

    def dead(self):
        """Not there for anybody: too old, used, withdrawn, or never was."""
        return self.response_class(
            self.request, "account/link_dead.html", {}, status=HTTPStatus.NOT_FOUND
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"email": self.start.email}

    def get_context_data(self, **kwargs):
        return super().get_context_data(email=self.start.email, **kwargs)

    def form_valid(self, form):
        given = form.cleaned_data
        try:
            user = finishing.make_account(self.start.email, given["name"], given["password"])
        except finishing.NotNow:
            return self.dead()
        record_authentication(self.request, user, "password", email=user.email)
        login = Login(user=user, email=user.email, signup=True, redirect_url=self.start.next)
        return perform_login(self.request, login)
