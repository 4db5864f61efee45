"""`manage.py rerender` refreshes what an older renderer made, and nothing else."""

from io import StringIO

import pytest
from django.core.management import call_command

from posts import rendering
from posts.models import Page, Post
from posts.rerender import rerender
from posts.tests.factories import make_page, make_post

pytestmark = pytest.mark.django_db


def run(*arguments) -> str:
    out = StringIO()
    call_command("rerender", *arguments, stdout=out)
    return out.getvalue()


def make_old(thing):
    type(thing).objects.filter(pk=thing.pk).update(renderer_version=0, body_html="<p>old</p>")


def test_rerender_refreshes_what_is_old():
    post, page = make_post(body="*New.*"), make_page(body="*New.*")
    make_old(post)
    make_old(page)

    assert run() == "2 texts rendered.\n"

    for thing in (Post.objects.get(), Page.objects.get()):
        assert thing.body_html.strip() == "<p><em>New.</em></p>"
        assert thing.renderer_version == rendering.VERSION


def test_rerender_leaves_alone_what_is_up_to_date():
    make_post()

    assert run() == "0 texts rendered.\n"
    assert run("--all") == "1 text rendered.\n"


def test_rerender_is_no_edit():
    post = make_post()
    make_old(post)

    assert str(post) in run("-v2")
    assert Post.objects.get().modified_at == post.modified_at


def test_rerender_goes_on_past_what_was_deleted_meanwhile(monkeypatch):
    monkeypatch.setattr("posts.rerender.AT_ONCE", 2)
    make_post(title="A")
    second = make_post(title="B")
    make_post(title="C")

    titles = rerender(everything=True)
    done = [next(titles)]
    Post.objects.get(pk=second.pk).delete()
    done += titles

    assert done == ["A", "C"]
