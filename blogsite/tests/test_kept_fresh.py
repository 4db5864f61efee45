"""What is kept is right: after whatever was done, kept pages are what Django would make now.

Several web processes keep pages of their own while one writes, in all the ways there are, and
while they ask in the middle of that. `FAULTS=long` does far more.
"""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from accounts.models import User
from blogsite.pagecache.counters import LOOK_SECONDS
from blogsite.tests.kept_reader import go_ahead
from blogsite.tests.kept_readers import assert_all_right, readers, told
from comments import moderation
from comments.locking import set_locked
from comments.models import Comment, CommentSettings, Decision, Status
from comments.tests.factories import make_comment
from posts import bulk, publishing, tag_merging, trash
from posts.models import Byline, Page, Post, Revision, Series, SiteSettings, Tag
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

IS_LONG = os.environ.get("FAULTS") == "long"
EXAMPLES, STEPS = (40, 60) if IS_LONG else (1, 15)
PROCESSES = 2
HOUR, DAY = 3600, 86400

NUMBERS = st.integers(0, 3)
WORDS = st.sampled_from(["quokka", "wombat", "numbat", "Ünïcode"])
FORMATS = ["feed/", "rss/", "feed.json"]
GROUPS = ["tag/t0/", "tag/t1/", "tag/t2/", "tag/t0-new/", "series/s0/", "series/s0-new/",
          "author/a0/", "author/a1/", "author/a0-new/"]  # fmt: skip
TEXTS = [f"{name}{new}" for name in ["p0", "p1", "p2", "p3"] for new in ["", "-new"]]
ADDRESSES = [
    "/", "/posts/", "/?page=2", "/tags/", "/series/", "/archive/", "/2020/", "/2020/01/",
    "/sitemap.xml", "/robots.txt", "/llms.txt", "/humans.txt", "/manifest.webmanifest",
    "/opensearch.xml", "/.well-known/security.txt", "/page0/", "/page0.md", "/page0-new/",
    *(f"/{format}" for format in FORMATS),
    *(f"/comments/{format}" for format in FORMATS),
    *(f"/{group}" for group in GROUPS),
    "/tag/t0/feed/", "/series/s0/feed.json", "/author/a0/rss/",
    *(f"/post/{slug}/" for slug in TEXTS),
    *(f"/post/p0{rest}" for rest in [
        ".md", "/comments/", "/comments/?order=newest", "/comments/state.json", "/comments/feed/",
    ]),
    *(f"/comments/{number}/" for number in range(1, 7)),
]  # fmt: skip


class Editing(RuleBasedStateMachine):
    """A site of a few texts with fixed names, so that what is done often concerns the same."""

    readers = []

    def __init__(self):
        super().__init__()
        self.ahead = 0
        self.done = "the beginning"

    @initialize()
    def furnish(self):
        call_command("flush", interactive=False, verbosity=0)
        self.move_clock_to(0)
        SiteSettings(pk=1, title="Site", posts_per_page=2, security_contact="a@example.org").save()
        self.staff = make_user(is_superuser=True, is_staff=True, handle="staff")
        self.authors = [make_user(handle=f"a{number}") for number in range(2)]
        self.tags = [make_tag(f"t{number}") for number in range(3)]
        self.series = make_series("s0")
        long_ago = timezone.now().replace(year=2020, month=1, day=5)
        for number in range(3):
            post = self.make_post(number, published_at=long_ago)
            make_comment(post)
        make_page(slug="page0", in_navigation=True)
        self.check("the beginning")

    def make_post(self, number, **fields):
        return make_post(
            slug=f"p{number}",
            authors=[self.authors[number % 2]],
            tags=self.tags[: 1 + number % 3],
            series=self.series if number < 2 else None,
            **fields,
        )

    def move_clock_to(self, ahead):
        self.ahead = ahead
        go_ahead(ahead)
        told(self.readers, clock=ahead)

    def check(self, after):
        assert_all_right(self.readers, ADDRESSES, after)

    def post(self, number):
        rows = list(Post.everything.order_by("pk"))
        return rows[number % len(rows)] if rows else self.make_post(number)

    def comment(self, number):
        rows = list(Comment.objects.order_by("-pk"))
        return rows[number % len(rows)] if rows else make_comment(self.post(0))

    # --- Posts ------------------------------------------------------------------

    @rule(number=NUMBERS, word=WORDS)
    def edit_post(self, number, word):
        post = self.post(number)
        post.title, post.body = f"{word} title", f"{word} text"
        post.save()
        self.check("an edit")

    @rule(number=NUMBERS)
    def rename_post(self, number):
        post = self.post(number)
        old, is_new = post.slug.removesuffix("-new"), post.slug.endswith("-new")
        post.slug = old if is_new else f"{old}-new"
        post.save()
        self.check("a new slug")

    @rule(word=WORDS)
    def write_in_another_process(self, word):
        sql = "UPDATE posts_post SET title = %s WHERE slug = 'p2'"
        told(self.readers[:1], write=[sql, [word]])
        self.check("SQL in another process")

    @rule(number=NUMBERS, hours=st.integers(-2, 30))
    def publish(self, number, hours):
        post = self.post(number)
        if not post.deleted_at:
            at = timezone.now() + timedelta(hours=hours)
            publishing.publish(post, by=self.staff, at=at)
        self.check("a publication")

    @rule(number=NUMBERS)
    def unpublish(self, number):
        post = self.post(number)
        if not post.deleted_at:
            publishing.unpublish(post, by=self.staff)
        self.check("taking back")

    @rule(number=NUMBERS, hours=st.integers(1, 30))
    def expire(self, number, hours):
        moment = timezone.now() + timedelta(hours=hours)
        Post.everything.filter(pk=self.post(number).pk).update(expires_at=moment)
        self.check("an expiry")

    @rule(number=NUMBERS)
    def move_to_or_out_of_trash(self, number):
        post = self.post(number)
        if post.deleted_at:
            trash.restore(post)
        else:
            trash.move_to_trash(post, self.staff)
        self.check("the trash")

    @rule()
    def purge(self):
        trash.purge(timedelta(0))
        self.check("a purge")

    @rule(word=WORDS)
    def update_in_one_query(self, word):
        Post.objects.filter(slug="p0").update(title=f"{word} updated")
        self.check("QuerySet.update")

    @rule(word=WORDS)
    def write_sql(self, word):
        with connection.cursor() as cursor:
            cursor.execute("update posts_post set title = %s where slug = 'p1'", [f"{word} raw"])
        self.check("SQL")

    @rule(number=NUMBERS)
    def add_in_bulk(self, number):
        missing = not Post.everything.filter(slug="p3").exists()
        if missing:
            post = Post(slug="p3", title="bulk", published_at=timezone.now(), guid=uuid.uuid4())
            Post.objects.bulk_create([post])
            Byline.objects.bulk_create([Byline(post=post, user=self.authors[number % 2])])
        self.check("bulk_create")

    @rule(number=NUMBERS)
    def correct(self, number):
        post = self.post(number)
        post.body += "!"
        post.save()
        Revision.objects.filter(post=post).update(correction=f"correction {number}")
        self.check("a correction")

    @rule()
    def tag_in_bulk(self):
        posts = Post.objects.all()
        tags = list(Tag.objects.all()[:1])
        bulk.add_tags(posts, tags, self.staff)
        self.check("tags in bulk")

    # --- Groups -----------------------------------------------------------------

    @rule(number=NUMBERS)
    def rename_group(self, number):
        things = [*Tag.objects.filter(slug__startswith="t0"), *Series.objects.all()]
        if things:
            thing = things[number % len(things)]
            is_new = thing.slug.endswith("-new")
            thing.slug = thing.slug.removesuffix("-new") if is_new else f"{thing.slug}-new"
            thing.save()
        self.check("a group renamed")

    @rule()
    def merge_tags(self):
        tags = list(Tag.objects.order_by("pk"))
        if len(tags) > 1:
            tag_merging.merge(tags[:1], tags[1], by=self.staff)
        self.check("tags merged")

    @rule(word=WORDS, renames=st.booleans())
    def change_author(self, word, renames):
        author = User.objects.get(pk=self.authors[0].pk)
        author.display_name, author.bio = word, word
        if renames:
            author.handle = "a0" if author.handle == "a0-new" else "a0-new"
        author.save()
        self.check("an author changed")

    @rule(is_shown=st.booleans())
    def change_page(self, is_shown):
        Page.objects.update_or_create(slug="page0", defaults={"in_navigation": is_shown})
        self.check("the navigation")

    # --- Settings ---------------------------------------------------------------

    @rule(word=WORDS, size=st.integers(1, 3), has_front=st.booleans(), months=st.integers(0, 2))
    def change_settings(self, word, size, has_front, months):
        site = SiteSettings.load()
        site.title, site.posts_per_page, site.stale_after_months = word, size, months
        site.front_page = Page.objects.first() if has_front else None
        site.save()
        self.check("the settings")

    @rule(
        days=st.integers(0, 3),
        order=st.sampled_from(CommentSettings.Order.values),
        policy=st.sampled_from(CommentSettings.Policy.values),
    )
    def change_comment_settings(self, days, order, policy):
        fields = {"closing_days": days, "order": order, "policy": policy}
        CommentSettings.objects.update_or_create(pk=1, defaults=fields)
        self.check("the settings of comments")

    # --- Comments ---------------------------------------------------------------

    @rule(number=NUMBERS, status=st.sampled_from(Status.values), answers=st.booleans())
    def comment_on(self, number, status, answers):
        parent = self.comment(number) if answers else None
        fields = {"parent": parent, "status": status}
        make_comment(None if parent else self.post(number), **fields)
        self.check(f"a comment, {status}")

    @rule(number=NUMBERS, status=st.sampled_from(Status))
    def decide(self, number, status):
        moderation.decide([self.comment(number)], status, self.staff)
        self.check(f"a decision, {status}")

    @rule()
    def undo_decision(self):
        decision = Decision.objects.filter(undone_by=None).order_by("-pk").first()
        if decision:
            moderation.undo([decision], self.staff)
        self.check("a decision undone")

    @rule(locked=st.booleans())
    def lock(self, locked):
        set_locked([self.post(0).pk], locked, self.staff)
        self.check("a discussion locked")

    @rule(number=NUMBERS, word=WORDS)
    def mend_comment(self, number, word):
        comment = self.comment(number)
        comment.body = word
        comment.save()
        self.check("a comment mended")

    # --- The clock, and what comes together -------------------------------------

    @rule(seconds=st.sampled_from([-2 * HOUR, HOUR, 5 * HOUR, DAY, 3 * DAY, 35 * DAY]))
    def let_time_pass(self, seconds):
        self.move_clock_to(self.ahead + seconds)
        self.check("some time")

    @rule(word=WORDS, during=st.booleans())
    def lose_the_counters(self, word, during):
        """Their file is removed, in the middle of a change or before it; all look within a second."""
        with transaction.atomic():
            if during:
                Post.everything.filter(slug="p0").update(title=f"{word} lost")
            Path(django_settings.PAGECACHE_TOPICS).unlink()
            time.sleep(LOOK_SECONDS + 0.1)
            told(self.readers, ask=["/", "/post/p0/"])
            Post.everything.filter(slug="p1").update(title=f"{word} lost")
        self.check("the counters lost")

    @rule(word=WORDS, comes_to_nothing=st.booleans())
    def write_while_readers_ask(self, word, comes_to_nothing):
        told(self.readers, race=["/", "/post/p0/", "/feed/", "/post/p0/comments/state.json"])
        with transaction.atomic():
            post = self.post(0)
            Post.everything.filter(pk=post.pk).update(title=f"{word} raced")
            make_comment(post, body=word)
            told(self.readers, ask=["/", "/post/p0/"])
            told(self.readers, race=["/", "/post/p0/", "/comments/feed/"])
            transaction.set_rollback(comes_to_nothing)
        self.check("a race")


ONE_OF_EACH = [
    ("comment_on", {"number": 0, "status": Status.APPROVED, "answers": False}),
    ("comment_on", {"number": 0, "status": Status.PENDING, "answers": True}),
    ("decide", {"number": 0, "status": Status.APPROVED}),
    ("undo_decision", {}),
    ("mend_comment", {"number": 1, "word": "quokka"}),
    ("lock", {"locked": True}),
    ("edit_post", {"number": 0, "word": "quokka"}),
    ("update_in_one_query", {"word": "wombat"}),
    ("write_sql", {"word": "numbat"}),
    ("write_in_another_process", {"word": "quokka"}),
    ("lose_the_counters", {"word": "wombat", "during": True}),
    ("lose_the_counters", {"word": "numbat", "during": False}),
    ("add_in_bulk", {"number": 0}),
    ("correct", {"number": 0}),
    ("tag_in_bulk", {}),
    ("write_while_readers_ask", {"word": "quokka", "comes_to_nothing": False}),
    ("write_while_readers_ask", {"word": "wombat", "comes_to_nothing": True}),
    ("rename_group", {"number": 0}),
    ("merge_tags", {}),
    ("change_author", {"word": "quokka", "renames": True}),
    ("change_page", {"is_shown": False}),
    ("change_settings", {"word": "quokka", "size": 3, "has_front": True, "months": 1}),
    ("change_comment_settings", {"days": 2, "order": "newest", "policy": "members"}),
    ("publish", {"number": 1, "hours": 3}),
    ("expire", {"number": 2, "hours": 2}),
    ("let_time_pass", {"seconds": 5 * HOUR}),
    ("let_time_pass", {"seconds": -2 * HOUR}),
    ("let_time_pass", {"seconds": 3 * DAY}),
    ("rename_post", {"number": 0}),
    ("unpublish", {"number": 0}),
    ("move_to_or_out_of_trash", {"number": 1}),
    ("purge", {}),
]


@pytest.mark.django_db(transaction=True)
def test_each_kind_of_change_shows_at_once():
    with readers(1) as started:
        Editing.readers = started
        site = Editing()
        try:
            site.furnish()
            for name, choices in ONE_OF_EACH:
                getattr(site, name)(**choices)
        finally:
            go_ahead(0)


@pytest.mark.django_db(transaction=True)
def test_kept_pages_are_what_django_would_make_now():
    with readers(PROCESSES) as started:
        Editing.readers = started
        try:
            run_state_machine_as_test(
                Editing,
                settings=settings(
                    max_examples=EXAMPLES,
                    stateful_step_count=STEPS,
                    deadline=None,
                    # To find one that fails smaller takes longer than to understand it.
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                    database=None,
                ),
            )
        finally:
            go_ahead(0)
        # They did answer from what they kept, or this would prove nothing.
        assert min(told(started, hits=True)) > STEPS * len(ADDRESSES) // 20
