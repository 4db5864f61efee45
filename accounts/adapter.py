"""What allauth asks this site."""

from allauth.account.adapter import DefaultAccountAdapter

from blogsite import client


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request) -> str:
        return client.address_of(request) or "0.0.0.0"  # noqa: S104 - read, not bound
