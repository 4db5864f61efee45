"""Pages that take an e-mail and answer by mail: whatever was typed, they say and do the same."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import FormView

from accounts import throttling
from accounts.forms import AddressForm


class AskByMail(FormView):
    form_class = AddressForm
    action = ""  # what throttling counts it as
    sent_page = ""  # the name of the page that says to look into one's mail

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        wait = throttling.wait_for(self.request, self.action, subject=email)
        if wait:
            return throttling.too_many(self.request, wait)
        if not form.is_trapped:
            self.ask(email)
        return HttpResponseRedirect(reverse(self.sent_page))

    def ask(self, email: str) -> None:
        """Queue the job that answers; it must be the same work for every address."""
        raise NotImplementedError
