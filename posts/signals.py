"""What posts does when an app below announces something."""

from django.dispatch import receiver
from django.urls import reverse

from accounts.profile import handles
from accounts.signals import handle_changed
from posts import redirects
from posts.models import Byline, Redirect
from posts.models.redirect import as_asked


@receiver(handle_changed)
def keep_author_address(sender, user, old_handle, **kwargs):
    # Without a post there never was a page, and anybody could hoard addresses.
    if Byline.objects.filter(user=user).exists():
        redirects.remember(user, reverse("posts:author", args=[old_handle]))


def still_leads_elsewhere(handle: str, user) -> bool:
    """Whether the address with this handle is a former one of another author."""
    path = as_asked(reverse("posts:author", args=[handle]))
    former = Redirect.objects.filter(path__iexact=path).exclude(author=None)
    return former.exclude(author=user).exists()


handles.CLAIMS.append(still_leads_elsewhere)
