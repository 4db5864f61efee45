"""What a public text once said, and what its editors call its versions, is nobody's to read."""

import pytest

from blogsite.tests.hidden import make_texts
from blogsite.tests.test_leaks import TABLE, asked, assert_silent, visitor
from posts import revisions
from posts.models import Page, Post
from posts.tests.factories import make_tag

__all__ = ["visitor"]

pytestmark = pytest.mark.django_db

SECRET = {"kept": "zqkept"}


def keep_secrets(text) -> None:
    """Two revisions of `text`: one full of secrets, and one of what is public with a correction."""
    public = {"title": text.title, "body": text.body}
    text.title, text.body = "zqkept title", "zqkept quokka"
    if isinstance(text, Post):
        public["summary"], text.summary = text.summary, "zqkept summary"
        text.tags.add(make_tag("zqkept tag"))
    text.save()
    revisions.keep(text, milestone="zqkept name", correction="There were more of them.")
    for name, value in public.items():
        setattr(text, name, value)
    if isinstance(text, Post):
        text.tags.filter(name="zqkept tag").delete()
    text.save()
    revisions.keep(text)


def test_earlier_words_of_a_public_text_are_nowhere(visitor):
    word = make_texts("published")
    for model in (Post, Page):
        keep_secrets(model.objects.get(slug=f"{word}-{model._meta.model_name}"))

    for surface in TABLE.values():
        for path, _state, response in asked(visitor, surface.paths, {"published": word}):
            assert_silent(response, SECRET)
            assert response.status_code != 500, path


def test_correction_is_all_that_is_told_of_a_revision(visitor):
    word = make_texts("published")
    keep_secrets(Post.objects.get(slug=f"{word}-post"))

    page = visitor.get(f"/post/{word}-post/").content.decode()

    assert "There were more of them." in page
    assert "zqkept" not in page


def test_addresses_of_revisions_are_closed_to_readers(visitor):
    word = make_texts("published")
    post = Post.objects.get(slug=f"{word}-post")
    keep_secrets(post)

    for end in ("", "compare/?from=1&to=2", "1.md", "bring-back/?number=1"):
        response = visitor.get(f"/admin/posts/post/{post.pk}/revisions/{end}")
        assert response.status_code in {302, 403, 404}
        assert_silent(response, SECRET)
