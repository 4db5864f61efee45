"""A process of the site that writes while others read: one order a line, in JSON, and one answer.

`{"edit": number}` writes the number into the title of both posts, in one transaction, and into that
of the draft; `{"approve": word}` approves the comment with that word. The first line that it prints
tells of the people and the address that readers need. See test_read_while_written.py.
"""

import json
import subprocess
import sys
import threading
from contextlib import contextmanager

from django.conf import settings

from blogsite.tests.faults.furniture import MODERATOR, QUIET_SLUG, SLUG
from blogsite.tests.faults.site import Site

MEMBERS = 10
DRAFT_WORD = "zqdraft"
RUN = "from blogsite.tests.faults.writing import main; main()"


def title_of(number: int) -> str:
    return f"Version v{number:06d}e"


def main() -> None:
    from django.db import transaction

    from accounts.models import User
    from comments import moderation
    from comments.models import Comment, Status
    from posts.models import Post

    print(json.dumps(furnish()), flush=True)
    moderator = User.objects.get(email=MODERATOR)
    for line in sys.stdin:
        order = json.loads(line)
        if "edit" in order:
            with transaction.atomic():
                for slug in [SLUG, DRAFT_WORD]:
                    post = Post.objects.get(slug=slug)
                    post.title = title_of(order["edit"])
                    post.save()
                Post.objects.filter(slug=QUIET_SLUG).update(title=title_of(order["edit"]))
        else:
            found = Comment.objects.filter(body__contains=order["approve"])
            moderation.decide(list(found), Status.APPROVED, moderator)
        print("done", flush=True)


def furnish() -> dict:
    from django.test import Client

    from accounts.models import User
    from posts import draft_links
    from posts.models import Post
    from posts.tests.factories import make_post, make_user

    Post.objects.update(title=title_of(0))
    moderator = User.objects.get(email=MODERATOR)
    draft = make_post(
        slug=DRAFT_WORD, title=title_of(0), body=DRAFT_WORD, published_at=None, authors=[moderator]
    )
    link = draft_links.make(draft, by=moderator, label="", days=1)
    cookies = {}
    for number in range(MEMBERS):
        client = Client()
        name = member(number)
        client.force_login(make_user(display_name=name, email=f"{name}@example.org"))
        cookies[name] = f"{settings.SESSION_COOKIE_NAME}=" + (
            client.cookies[settings.SESSION_COOKIE_NAME].value
        )
    address = draft_links.address_of(link).removeprefix(settings.SITE_URL)
    return {"cookies": cookies, "draft": address}


def member(number: int) -> str:
    return f"zqmember{number:03d}"


class Writer:
    """`people` are the cookies of members by their names; `draft` is where the draft may be read."""

    def __init__(self, process: subprocess.Popen):
        self.process, self.mutex = process, threading.Lock()
        told = json.loads(process.stdout.readline())
        self.people, self.draft = told["cookies"], told["draft"]

    def do(self, **order) -> None:
        """Returns when it is done, and committed."""
        with self.mutex:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            assert self.process.stdout.readline() == "done\n"


@contextmanager
def writer_of(site: Site):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", RUN],
        cwd=settings.BASE_DIR,
        env=site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Writer(process)
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()
