from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import ListView

from accounts.happenings import SENTENCES
from blogsite.audit.models import Event


class Activity(LoginRequiredMixin, ListView):
    """What happened to one's own account, latest first."""

    template_name = "account/activity.html"
    context_object_name = "events"
    paginate_by = 30

    def get_queryset(self):
        user = self.request.user
        return Event.objects.filter(
            target_type=user._meta.label_lower, target_id=str(user.pk), verb__in=SENTENCES
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(heading="", **kwargs)
        for event in context["events"]:
            event.sentence = SENTENCES[event.verb]
            # Where another person works is not this one's to know.
            event.is_by_other = event.actor_id not in (None, self.request.user.pk)
        return context
