"""The addresses of signing in through other sites; mounted where the environment names one."""

from allauth.socialaccount import views
from allauth.socialaccount.providers.github import urls as github
from allauth.socialaccount.providers.openid_connect import urls as openid_connect
from django.urls import include, path

urlpatterns = [
    path("", views.connections, name="socialaccount_connections"),
    path("cancelled/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("error/", views.login_error, name="socialaccount_login_error"),
    # allauth leads there only by ways that our adapter closes; the name must be there.
    path("signup/", views.signup, name="socialaccount_signup"),
    path("", include(github.urlpatterns)),
    path("", include(openid_connect.urlpatterns)),
]
