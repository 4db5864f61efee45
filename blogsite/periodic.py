from datetime import timedelta

from django.conf import settings

from blogsite.outgoing.periodic import periodic
from blogsite.pagecache.shared import outbox

if settings.PAGECACHE_REDIS:

    @periodic(every=timedelta(minutes=1))
    def tell_untold_changes() -> None:
        outbox.tell()
