"""What allauth asks this site about people who come through another one."""

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.forms import NAME_LENGTH
from accounts.models import User
from accounts.names import fit_name
from accounts.signing_up import finishing, policy


class SocialAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin) -> None:
        """Make the account of a newcomer, or say on a page why not; others pass.

        allauth would go on with a form of its own for what is missing, and tell there who has an
        account.
        """
        is_sign_in = sociallogin.state.get("process") == AuthProcess.LOGIN
        if sociallogin.is_existing or not is_sign_in:
            return
        email = confirmed_address(sociallogin)
        if not email:
            raise self.stop(request, sociallogin, "no_address")
        # Whoever is here reads this mailbox, so it is no secret to them.
        if User.objects.with_address(email).exists():
            raise self.stop(request, sociallogin, "owner")
        if not policy.may_join(email):
            raise self.stop(request, sociallogin, "closed")
        try:
            user = finishing.make_account(email, name_in(sociallogin), None)
        except finishing.NotNow:
            raise self.stop(request, sociallogin, "owner") from None
        sociallogin.connect(request, user)

    def stop(self, request, sociallogin, why: str) -> ImmediateHttpResponse:
        """The page that says why nobody was signed in: socialaccount/<why>.html"""
        context = {"provider_name": sociallogin.provider.name, "robots": "noindex"}
        page = TemplateResponse(request, f"socialaccount/{why}.html", context, status=403)
        return ImmediateHttpResponse(page.render())

    def populate_user(self, request, sociallogin, data):
        """Nothing of another site's goes into an account but by `pre_social_login`."""
        return sociallogin.user

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False  # it is done above, or not at all

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        account_adapter(self.request).send_notification_mail(template_prefix, user, context, email)


def confirmed_address(sociallogin) -> str:
    """The e-mail that the other site calls confirmed, the main one if there are several."""
    confirmed = [each for each in sociallogin.email_addresses if each.verified is True]
    confirmed.sort(key=lambda each: not each.primary)
    return confirmed[0].email.lower() if confirmed else ""


def name_in(sociallogin) -> str:
    """What the other site calls somebody; never their e-mail, for readers see it."""
    data = sociallogin.account.extra_data
    data = data.get("userinfo") or data.get("id_token") or data
    names = [data.get(key) for key in ["name", "preferred_username", "login"]]
    fit = [fit_name(name) for name in names if isinstance(name, str)]
    name = next(filter(None, fit), "")
    return name[:NAME_LENGTH] if name and "@" not in name else _("Reader")
