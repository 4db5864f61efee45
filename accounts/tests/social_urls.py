"""The addresses of a site that names another one to sign in through."""

from django.urls import include, path

from blogsite.urls import handler400, handler403, handler404, handler500
from blogsite.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("account/social/", include("accounts.social.urls")), *own]
