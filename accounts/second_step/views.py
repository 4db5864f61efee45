"""allauth's pages about second steps, where ours differ."""

from datetime import timedelta
from ipaddress import ip_address

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts import throttling
from accounts.second_step import demand

# Long enough to print them or to lose the page once; afterwards new ones are made.
CODES_SHOWN = timedelta(minutes=10)

asks_again = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")


def has_name(request) -> bool:
    """Whether the site is open under a name: browsers bind no passkey to a network address."""
    try:
        ip_address(request.get_host().rpartition(":")[0] or request.get_host())
    except ValueError:
        return not request.get_host().startswith("[")
    return False


class Index(base.IndexView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        kinds = context["authenticators"]
        codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "app": kinds.get(Authenticator.Type.TOTP),
            "passkeys": kinds.get(Authenticator.Type.WEBAUTHN, []),
            "recovery_codes": codes,
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "is_demanded": demand.is_missing(self.request.user),
        }


class AddPasskey(webauthn.AddWebAuthnView):
    """Every passkey can sign in alone, so the browser must ask for a finger or a PIN."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {
            "js_data": {"options": options},
            "has_name": has_name(self.request),
            "trouble": first_error(context["form"]),
        }


def first_error(form) -> str:
    return next((errors[0] for errors in form.errors.values()), "")


class RemovePasskey(webauthn.RemoveWebAuthnView):
    def get_context_data(self, **kwargs):
        can_remove = get_adapter().can_delete_authenticator(self.object)
        return super().get_context_data(can_remove=can_remove, **kwargs)

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)

    def get_success_url(self):
        return reverse("mfa_index")


class RenamePasskey(webauthn.EditWebAuthnView):
    def get_success_url(self):
        return reverse("mfa_index")


class PasskeyList(View):
    """allauth's list of passkeys; ours stands on the page about the second step."""

    def get(self, request):
        return redirect("mfa_index")


def wants_challenge(request) -> bool:
    """Whether a script of this site asks for the options of the browser, as JSON.

    Any page may send that Accept, but not say that it is from here. Browsers too old to say so at
    all are taken at their word.
    """
    is_from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return is_from_here and "application/json" in request.headers.get("Accept", "")


class LoginByPasskey(webauthn.LoginWebAuthnView):
    def dispatch(self, request, *args, **kwargs):
        """Counts what a page of ours asks: an <img> elsewhere must not use up anybody's tries."""
        if request.method != "POST" and not wants_challenge(request):
            return redirect("account_login")
        wait = throttling.wait_for(request, "passkey")
        if wait:
            return throttling.too_many(request, wait)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return JsonResponse({"request_options": auth.begin_authentication(user=None)})

    def form_valid(self, form):
        response = super().form_valid(form)
        if self.request.POST.get("remember"):
            self.request.session.set_expiry(settings.ACCOUNT_SESSION_COOKIE_AGE)
        return response


class ReauthenticateByPasskey(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        """Here again with what is wrong; allauth would lead to the login page, and so away."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # allauth's own makes a new form and drops the one with the errors.
        return context | kwargs | {"has_name": has_name(self.request)}


@asks_again
class Codes(LoginRequiredMixin, TemplateView):
    """How many recovery codes are left, and for some minutes after they were made which."""

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs):
        row = codes_of(self.request.user)
        unused = row.wrap().get_unused_codes()
        return super().get_context_data(
            codes=[in_groups(code) for code in unused] if are_shown(row) else [],
            codes_left=len(unused),
            **kwargs,
        )


@asks_again
class CodesFile(LoginRequiredMixin, View):
    """The recovery codes as a text file, while they are shown."""

    def get(self, request):
        row = codes_of(request.user)
        if not are_shown(row):
            return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
        lines = [
            _("Recovery codes for %(host)s. Each works once.") % {"host": request.get_host()},
            "",
            *[in_groups(code) for code in row.wrap().get_unused_codes()],
        ]
        return HttpResponse(
            "\n".join(lines) + "\n",
            content_type="text/plain; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="recovery-codes.txt"',
                "Cache-Control": "private, no-store",
            },
        )


def codes_of(user) -> Authenticator:
    kind = Authenticator.Type.RECOVERY_CODES
    return get_object_or_404(Authenticator, user=user, type=kind)


def are_shown(row: Authenticator) -> bool:
    return timezone.now() - row.created_at < CODES_SHOWN


def in_groups(code: str) -> str:
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
