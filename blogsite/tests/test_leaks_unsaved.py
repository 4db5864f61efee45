"""What somebody typed into a text and did not save is nobody's to read but theirs."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles
from blogsite.tests.hidden import make_texts
from blogsite.tests.test_leaks import TABLE, asked, assert_silent, visitor
from posts.models import Page, Post, WorkingCopy
from posts.tests.drafting import autosave
from posts.tests.factories import make_user

__all__ = ["visitor"]

pytestmark = pytest.mark.django_db

SECRET = {"typed": "zqtyped"}
FIELDS = {name: f"zqtyped {name}" for name in ["title", "slug", "summary", "body", "tag_names"]}


def type_secrets(word: str) -> None:
    """An editor's unsaved words in a public post, a public page, and a new post."""
    editor = Client()
    editor.force_login(make_user(display_name="Editor", is_staff=True, is_superuser=True))
    for model in (Post, Page):
        kind = model._meta.model_name
        text = model.objects.get(slug=f"{word}-{kind}")
        assert autosave(editor, text, model=kind, **FIELDS).status_code == 200
    assert autosave(editor, **FIELDS).status_code == 200


def test_unsaved_words_in_a_public_text_are_nowhere(visitor):
    word = make_texts("published")
    type_secrets(word)

    for surface in TABLE.values():
        for path, _state, response in asked(visitor, surface.paths, {"published": word}):
            assert_silent(response, SECRET)
            assert response.status_code != 500, path


@pytest.mark.parametrize("role", [None, roles.AUTHOR, roles.EDITOR, roles.ADMINISTRATOR])
def test_unsaved_words_are_shown_to_nobody_else_at_the_desk(role):
    word = make_texts("published")
    type_secrets(word)
    client = Client()
    if role:
        other = make_user()
        roles.give(other, role)
        client.force_login(other)
    post = Post.objects.get(slug=f"{word}-post")
    new, begun = WorkingCopy.objects.get(post=None, page=None), post.working_copies.get()

    for url in [
        reverse("admin:index"),
        reverse("admin:posts_post_changelist"),
        reverse("admin:posts_post_add"),
        reverse("admin:posts_post_add") + f"?copy={new.window}",
        reverse("admin:posts_post_unsaved"),
        reverse("admin:posts_post_unsaved") + f"?text={post.pk}",
        reverse("admin:posts_post_change", args=[post.pk]),
        reverse("admin:posts_post_change", args=[post.pk]) + f"?copy={begun.window}",
        reverse("admin:posts_post_copy", args=[begun.window]),
        reverse("admin:posts_post_copy", args=[new.window]),
        reverse("admin:posts_post_copy", args=[uuid4()]),
    ]:
        response = client.get(url, follow=True)
        assert response.status_code < 500, url
        assert_silent(response, SECRET)
