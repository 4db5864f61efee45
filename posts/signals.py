"""What posts does when an app below announces something."""

from django.dispatch import receiver
from django.urls import reverse

from accounts.signals import handle_changed
from posts import redirects


@receiver(handle_changed)
def keep_author_address(sender, user, old_handle, **kwargs):
    redirects.remember(user, reverse("posts:author", args=[old_handle]))
