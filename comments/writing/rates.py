"""How much came lately from where a comment comes from."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from blogsite.prepared import Prepared
from comments.models import Comment, CommentSettings

SHORT = timedelta(minutes=10)
LONG = timedelta(hours=1)
NETWORK_FACTOR = 2  # a network may send that many times what one address may


@dataclass(frozen=True)
class Rates:
    """Numbers of comments that were stored, whatever became of them."""

    address_lately: int = 0  # in ten minutes
    address: int = 0  # in an hour
    network: int = 0  # in an hour

    def are_held(self, rules: CommentSettings) -> bool:
        """Whether one comment more is to wait."""
        return self.address_lately >= rules.rate_held

    def are_refused(self, rules: CommentSettings) -> bool:
        """Whether one comment more is too much."""
        return (
            self.address >= rules.rate_refused
            or self.network >= rules.rate_refused * NETWORK_FACTOR
        )


def count(address_key: str, network_key: str) -> Rates:
    """One query over the network's last hour, which the limit itself keeps short.

    Visitors whose address nobody can tell count as one network but not as one address: more than
    a few of their comments wait, and what is refused is only what no network could send.
    """
    now = timezone.now()
    found = counted(lately=now - SHORT, since=now - LONG, network=network_key, address=address_key)
    lately, address, network = next(iter(found), (0, 0, 0))
    return Rates(lately, address if address_key else 0, network)


@Prepared
def counted(lately, since, network, address):
    own = Q(address_key=address)
    found = Comment.objects.filter(network_key=network, created_at__gt=since).order_by()
    return (
        found.values("network_key")
        .annotate(
            address_lately=Count("pk", filter=own & Q(created_at__gt=lately)),
            of_address=Count("pk", filter=own),
            of_network=Count("pk"),
        )
        .values_list("address_lately", "of_address", "of_network")
    )
