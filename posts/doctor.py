"""What the doctor asks about posts: whether lists know how many there are."""

from django.db import DEFAULT_DB_ALIAS

from blogsite.doctor import Finding, check
from posts.tallies import sampling, triggers

CURE = "Run `manage.py tallies --rebuild`."


@check("numbers of posts")
def numbers_of_posts():
    if not triggers.are_there(DEFAULT_DB_ALIAS):
        yield Finding.unfinished(f"The database does not count posts while they change. {CURE}")
    elif not sampling.is_right():
        yield Finding.unfinished(f"Lists are wrong about how many posts there are. {CURE}")
    else:
        yield Finding.fine("Lists know how many posts there are.")
