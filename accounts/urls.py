"""The addresses of accounts. Those of allauth have names without a space before them."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.views import (
    activity,
    data,
    email,
    home,
    leave,
    login_link,
    profile,
    resetting,
    signing_up,
)

own = (
    [
        path("", home.Home.as_view(), name="home"),
        path("activity/", activity.Activity.as_view(), name="activity"),
        path("profile/", profile.Profile.as_view(), name="profile"),
        path("profile/picture/", profile.Picture.as_view(), name="picture"),
        path("data/", data.Data.as_view(), name="data"),
        path("leave/", leave.Leave.as_view(), name="leave"),
        path("leave/stay/", leave.Stay.as_view(), name="stay"),
        path("link/", login_link.SignInByLink.as_view(), name="sign_in_by_link"),
        path("link/<str:token>/", login_link.OpenLoginLink.as_view(), name="login_link"),
    ],
    "accounts",
)

social = (
    [path("account/social/", include("accounts.social.urls"))]
    if settings.SOCIALACCOUNT_PROVIDERS
    else []
)

urlpatterns = [
    path("account/", include(own)),
    # Where managers of passwords look: https://w3c.github.io/webappsec-change-password-url/
    path(
        ".well-known/change-password",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="change_password",
    ),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/email/", email.Email.as_view(), name="account_email"),
    path(
        "account/email/sent/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("account/email/<str:key>/", email.ConfirmEmail.as_view(), name="account_confirm_email"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
    # For who came through another site. A second step, where there is one, is asked for again.
    path(
        "account/password/set/",
        reauthentication_required(account.password_set, app="allauth.account"),
        name="account_set_password",
    ),
    path("account/password/reset/", resetting.Reset.as_view(), name="account_reset_password"),
    path(
        "account/password/reset/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    # A key has hyphens of its own, so the first one ends the number of the person.
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/signup/", signing_up.SignUp.as_view(), name="account_signup"),
    path("account/signup/sent/", signing_up.SignUpSent.as_view(), name="account_signup_sent"),
    path("account/signup/<str:token>/", signing_up.Finish.as_view(), name="account_signup_finish"),
    *social,
    path("account/second-step/", include("accounts.second_step.urls")),
    path("account/sessions/", include("accounts.sessions.urls")),
]
