from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from accounts.views.personal import Personal


class Home(LoginRequiredMixin, Personal, TemplateView):
    """Where one's own account begins: what is set, and the ways to change it."""

    template_name = "account/home.html"
