from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from accounts.profile.sections import sections_for


class Home(LoginRequiredMixin, TemplateView):
    """Where one's own account begins: what is set, and the ways to change it."""

    template_name = "account/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(sections=sections_for(self.request.user), **kwargs)
