"""Made-up comments for benchmarks."""

import pytest
from django.core.management import CommandError, call_command

from comments import generate
from comments.models import Comment, Discussion
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def everything():
    columns = ("source", "post", "parent__source", "body", "name", "member__handle", "created_at")
    return list(Comment.objects.order_by("source").values_list(*columns))


def test_generated_rows_equal_what_saving_would_have_computed():
    make_post()
    generate.generate(64, seed=1)
    columns = ("body_html", "renderer_version", "thread_id", "depth")

    assert Comment.objects.count() == 64
    for comment in Comment.objects.all():
        generated = [getattr(comment, name) for name in columns]
        comment.save()

        assert generated == [getattr(comment, name) for name in columns]


def test_generated_comments_are_threads_of_one_post_each():
    for _number in range(3):
        make_post()

    generate.generate(400, seed=1)

    answers = Comment.objects.exclude(parent=None).select_related("parent")
    assert all(answer.post_id == answer.parent.post_id for answer in answers)
    assert all(answer.created_at > answer.parent.created_at for answer in answers)
    assert max(answer.depth for answer in answers) >= 3
    assert Discussion.objects.count() == 3
    for discussion in Discussion.objects.all():
        assert discussion.approved_count == discussion.post.comments.approved().count() > 50


def test_generated_comments_are_the_same_for_the_same_seed():
    make_post()
    generate.generate(40, seed=1)
    first = everything()
    Comment.objects.all().delete()

    generate.generate(40, seed=1)

    assert everything() == first


def test_generating_again_makes_only_what_is_missing(monkeypatch):
    monkeypatch.setattr(generate, "BATCH", 16)
    make_post()
    generate.generate(40, seed=1)
    whole = everything()
    Comment.objects.all().delete()
    generate.generate(21, seed=1)

    made = generate.generate(40, seed=1)

    assert (made, everything()) == (19, whole)


def test_comments_are_counted_also_where_making_them_was_stopped(monkeypatch):
    def until_stopped(batches):
        yield batches[0]
        raise KeyboardInterrupt

    monkeypatch.setattr(generate, "BATCH", 16)
    for _number in range(9):
        make_post()
    with pytest.raises(KeyboardInterrupt):
        generate.generate(64, seed=1, progress=until_stopped)

    generate.generate(64, seed=1)

    assert sum(Discussion.objects.values_list("approved_count", flat=True)) == (
        Comment.objects.approved().count()
    )


def test_one_post_may_get_most_of_them():
    old, new = make_post(published_at="2012-01-01T00:00Z"), make_post()

    generate.generate(80, seed=1, on_one_post=40)

    assert new.comments.count() >= 40
    assert old.comments.count() > 0


def test_command_needs_a_post():
    make_post(published_at=None)

    with pytest.raises(CommandError, match="generate_content"):
        call_command("generate_comments", comments=1)


@pytest.mark.parametrize("number", [0, -1, 10**9])
def test_command_refuses_a_senseless_number(number):
    with pytest.raises(CommandError, match="--comments"):
        call_command("generate_comments", comments=number)


def test_command_tells_how_many_it_made(capsys):
    make_post()

    call_command("generate_comments", comments=9)

    assert capsys.readouterr().out == "9 comments made.\n"
