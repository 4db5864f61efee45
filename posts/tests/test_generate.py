import pytest
from django.core.management import CommandError, call_command

from blogsite.fulltext.analysis import cut
from posts import generate
from posts.models import Post
from posts.search.texts import POSTS

pytestmark = pytest.mark.django_db

COMPUTED = [
    "body_html", "body_text", "excerpt_html", "description", "word_count", "toc", "links",
    "images", "renderer_version",
]  # fmt: skip


def columns(post):
    return {name: getattr(post, name) for name in COMPUTED}


def test_generated_rows_equal_what_saving_would_have_computed():
    generate.generate(15, seed=1)

    for post in Post.objects.order_by("pk")[::4]:
        generated = columns(post)
        post.render()

        assert generated == columns(post)


def test_generated_posts_are_in_the_search_as_saving_would_have_put_them():
    generate.generate(15, seed=1)

    check = POSTS.check()
    texts = Post.objects.values_list("title", "body_text")
    words = set().union(*(cut(" ".join(text), "en").words for text in texts))
    assert (check.right, bool(check)) == (15, True)
    assert POSTS.words_from("", 100_000) == sorted(words)


def test_generated_posts_are_the_same_for_the_same_seed():
    generate.generate(5, seed=1)
    first = list(Post.objects.order_by("slug").values_list("guid", "title", "body", "published_at"))
    Post.everything.all().delete()

    generate.generate(5, seed=1)

    again = list(Post.objects.order_by("slug").values_list("guid", "title", "body", "published_at"))
    assert again == first


def test_generating_again_makes_only_what_is_missing():
    generate.generate(4, seed=1)

    made = generate.generate(6, seed=1)

    assert (made, Post.objects.count()) == (2, 6)


def test_search_word_is_in_twelve_of_a_hundred_posts():
    generate.generate(100, seed=1)

    assert Post.objects.filter(body__contains=generate.SEARCH_WORD).count() == 12


def test_generated_post_has_length_code_tags_and_an_author():
    generate.generate(3, seed=1)

    for post in Post.objects.all():
        assert 850 < post.word_count < 1100
        assert post.body_html.count("<pre") == 2
        assert post.tags.count() == 3
        assert post.bylines.count() in {1, 2}
        assert post.series_part == 1


def test_command_refuses_a_senseless_number():
    with pytest.raises(CommandError):
        call_command("generate_content", posts=0)


def test_command_tells_how_many_it_made(capsys):
    call_command("generate_content", posts=2, seed=1)

    assert capsys.readouterr().out == "2 posts made.\n"
