"""What comments does when an app below announces something."""

from django.dispatch import receiver

from comments.demo import loading
from posts.demo.loading import demo_loaded


@receiver(demo_loaded)
def load_discussions(sender, **kwargs):
    loading.load()
