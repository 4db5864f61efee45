"""What comes round by itself."""

from datetime import timedelta

from django.utils import timezone

from blogsite.outgoing.periodic import periodic
from blogsite.reporting.models import Violation

KEPT = timedelta(days=30)  # what was mended is not reported again


@periodic(every=timedelta(days=1))
def forget_old_violations() -> None:
    Violation.objects.filter(last_at__lt=timezone.now() - KEPT).delete()
