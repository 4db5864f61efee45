"""Naming a person in a terminal."""

from django.core.management.base import CommandError

from accounts.models import User


def person(email: str) -> User:
    """Whom the address belongs to; raises CommandError for nobody."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        raise CommandError(f"Nobody here has the e-mail {email}.")
    return user
