"""Plain makers of people for tests."""

from itertools import count

from accounts.models import User

numbers = count(1)


def make_user(**fields) -> User:
    number = next(numbers)
    email = fields.pop("email", f"author{number}@example.org")
    return User.objects.create_user(email, **{"display_name": f"Author {number}"} | fields)
