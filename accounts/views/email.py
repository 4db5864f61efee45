"""The e-mail of an account."""

from http import HTTPStatus

from allauth.account import views as allauth_views
from allauth.account.internal import flows
from django.http import Http404

from accounts import throttling


class Email(allauth_views.EmailView):
    """Shows the address, takes a new one, and lets go of one that waits."""

    def form_valid(self, form):
        wait = throttling.wait_for(self.request, "change_email", subject=form.cleaned_data["email"])
        if wait:
            return throttling.too_many(self.request, wait)
        return super().form_valid(form)

    def _action_send(self, request):
        wait = throttling.wait_for(request, "confirm_email", subject=request.POST["email"][:254])
        return throttling.too_many(request, wait) if wait else super()._action_send(request)


class ConfirmEmail(allauth_views.ConfirmEmailView):
    """Behind the link in the mail to a new address.

    Only for whoever is signed in to the account: somebody who got the mail by another's mistake
    in typing must not be able to give their own address to that account.
    """

    def get(self, *args, **kwargs):
        try:
            self.object = self.get_object()
        except Http404:
            self.object = None
        return self.render_to_response(self.get_context_data(), status=self.status())

    def post(self, *args, **kwargs):
        self.object = self.get_object()
        if not self.is_owner():
            return self.get(*args, **kwargs)
        flows.email_verification.verify_email_and_resume(self.request, self.object)
        return self.respond(True)

    def is_owner(self) -> bool:
        return self.object.email_address.user_id == self.request.user.pk

    def status(self) -> int:
        return HTTPStatus.OK if self.object else HTTPStatus.NOT_FOUND

    def get_context_data(self, **kwargs):
        is_owner = bool(self.object) and self.is_owner()
        return super().get_context_data(is_owner=is_owner, **kwargs)
