"""What stands in a site under test: two posts, a moderator, and somebody who hears of all answers.

Loaded in a process of that site: `manage.py shell -c "from ... import furnish; furnish()"`.
"""

from django.utils import timezone

from accounts.models import User
from comments.models import Address, CommentSettings, Subscription
from posts.models import SiteSettings
from posts.tests.factories import make_post

SLUG = "under-fire"
QUIET_SLUG = "quiet"  # without comments
MODERATOR = "moderator@example.org"
SUBSCRIBER = "subscriber@example.org"
PASSWORD = "only for this test"
MOST = 32_767  # of a limit; no mail then waits for a digest


def furnish() -> None:
    User.objects.create_superuser(MODERATOR, PASSWORD, display_name="Moderator")
    post = make_post(slug=SLUG, title="Under fire")
    make_post(slug=QUIET_SLUG, title="Quiet")
    # Open, so that what is held is what was filled in too fast: a test has both as it likes.
    CommentSettings.objects.create(
        site=SiteSettings.objects.get_or_create(pk=1)[0],
        policy=CommentSettings.Policy.OPEN,
        mails_an_hour=MOST,
        mails_a_day=MOST,
        moderator_mails_an_hour=MOST,
    )
    reader = Address.objects.create(email=SUBSCRIBER, confirmed_at=timezone.now())
    Subscription.objects.create(address=reader, post=post)
