from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from accounts import throttling
from accounts.leaving import WAIT, asking
from accounts.models import User


class LeaveForm(forms.Form):
    leaving = forms.ChoiceField(
        label=gettext_lazy("What is to become of your comments?"),
        choices=User.Leaving.choices,
        initial=User.Leaving.ANONYMISE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of these.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


# The methods and not `dispatch`: who is not signed in at all goes to the way in.
@method_decorator(reauthentication_required, name="get")
@method_decorator(reauthentication_required, name="post")
class Leave(LoginRequiredMixin, FormView):
    """What leaving means, and the button for it."""

    form_class = LeaveForm
    template_name = "account/leave.html"
    success_url = reverse_lazy("accounts:leave")

    def get_initial(self):
        chosen = self.request.user.leaving
        return {"leaving": chosen} if chosen else {}

    def get_context_data(self, **kwargs):
        is_last = asking.is_last_administrator(self.request.user)
        return super().get_context_data(days=WAIT.days, is_last=is_last, **kwargs)

    def form_valid(self, form):
        if wait := throttling.wait_for(self.request, "leave", str(self.request.user.pk)):
            return throttling.too_many(self.request, wait)
        try:
            asking.ask(self.request.user, form.cleaned_data["leaving"])
        except asking.LastAdministrator:
            return self.form_invalid(form)  # the page says why
        return super().form_valid(form)


class Stay(LoginRequiredMixin, View):
    """The change of mind; only POST, and nothing is asked."""

    http_method_names = ["post"]

    def post(self, request):
        asking.stay(request.user)
        messages.success(request, _("Good to have you: your account stays."))
        return HttpResponseRedirect(reverse_lazy("accounts:home"))
