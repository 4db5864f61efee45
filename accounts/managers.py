from django.contrib.auth.models import BaseUserManager
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    """Makes people: readers, authors without a login, administrators."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def with_address(self, email: str):
        """The account with this e-mail in any case, as a queryset; by the index on Lower."""
        return self.alias(lower_email=Lower("email")).filter(lower_email=email.lower())

    def create_user(self, email=None, password=None, **fields):
        """Save a new user; without `email` and `password` an author who cannot sign in."""
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
