"""What the filter learns of decisions, and how exactly it forgets."""

import pytest
from django.db import transaction

from comments import moderation, spam
from comments.models import Comment, SpamToken, Status
from comments.models.spam import TOTALS_KEY
from comments.spam.retraining import retrain
from comments.spam.tokens import MAX_TOKENS
from comments.tests.factories import make_comment
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def table() -> dict[int, tuple[int, int]]:
    return {key: (good, bad) for key, good, bad in SpamToken.objects.values_list() if good or bad}


def totals() -> tuple[int, int]:
    return table().get(TOTALS_KEY, (0, 0))


def test_learning_counts_each_token_once():
    comment = make_comment(body="pills pills pills")

    spam.learn(comment, "spam")

    assert totals() == (0, 1)
    assert set(table().values()) == {(0, 1)}


def test_learning_twice_is_learning_once():
    comment = make_comment()
    spam.learn(comment, "good")
    before = table()

    spam.learn(comment, "good")
    spam.learn(Comment.objects.get(pk=comment.pk), "good")

    assert table() == before


def test_forgetting_leaves_the_very_same_table():
    spam.learn(make_comment(body="one two three"), "good")
    spam.learn(make_comment(body="two three four"), "spam")
    before = list(SpamToken.objects.order_by("pk").values())
    comment = make_comment(body="three four five https://example.com/six")

    spam.learn(comment, "spam")
    spam.learn(comment, "")

    assert list(SpamToken.objects.order_by("pk").values()) == before
    comment.refresh_from_db()
    assert (comment.trained_as, bytes(comment.trained_tokens)) == ("", b"")


def test_changed_verdict_moves_every_count():
    comment = make_comment(body="some words")
    spam.learn(comment, "good")
    keys = table().keys()

    spam.learn(comment, "spam")

    assert table() == dict.fromkeys(keys, (0, 1))


def test_forgetting_an_edited_comment_takes_back_what_was_learnt():
    spam.learn(make_comment(), "good")
    before = table()
    comment = make_comment(body="first text")
    spam.learn(comment, "spam")
    Comment.objects.filter(pk=comment.pk).update(body="quite another text", name="Nobody")

    spam.learn(Comment.objects.get(pk=comment.pk), "")

    assert table() == before


def test_stale_row_takes_back_what_the_database_knows():
    comment = make_comment()
    stale = Comment.objects.get(pk=comment.pk)
    spam.learn(comment, "spam")

    spam.learn(stale, "good")

    assert totals() == (1, 0)
    assert set(table().values()) == {(1, 0)}


def test_many_lessons_are_the_same_as_each_alone():
    comments = [make_comment(body=f"words {number % 3} common") for number in range(6)]
    verdicts = ["good", "spam"] * 3
    for comment, verdict in zip(comments, verdicts, strict=True):
        spam.learn(comment, verdict)
    alone = table()
    spam.learn_all((comment, "") for comment in comments)
    assert table() == {}

    spam.learn_all(zip(comments, verdicts, strict=True))

    assert table() == alone


def test_many_lessons_cost_no_more_statements(django_assert_max_num_queries):
    comments = [make_comment(body=f"words {number} common") for number in range(30)]

    with django_assert_max_num_queries(15):
        spam.learn_all((comment, "spam") for comment in comments)


def test_learning_is_undone_with_its_transaction():
    comment = make_comment()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        spam.learn(comment, "spam")
        raise ZeroDivisionError

    assert table() == {}
    assert Comment.objects.get(pk=comment.pk).trained_as == ""


def test_lesson_touches_no_other_column():
    comment = make_comment(body="typed")
    Comment.objects.filter(pk=comment.pk).update(body="edited meanwhile")

    spam.learn(comment, "spam")

    assert Comment.objects.get(pk=comment.pk).body == "edited meanwhile"


def test_deleted_comment_is_no_lesson():
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).delete()

    spam.learn(comment, "spam")

    assert table() == {}


def test_emptied_table_stops_no_decision():
    comment = make_comment()
    spam.learn(comment, "spam")
    SpamToken.objects.all().delete()

    spam.learn(comment, "good")

    assert totals() == (1, 0)


def test_moderators_decisions_teach_and_undoing_unteaches():
    moderator = make_user()
    comment = make_comment(status=Status.PENDING)

    made = moderation.mark_spam([comment], moderator)
    learnt = totals()
    moderation.undo(made, moderator)

    assert learnt == (0, 1)
    assert table() == {}


def test_the_sites_own_decisions_teach_nothing():
    moderation.decide([make_comment(status=Status.PENDING)], Status.SPAM)

    assert table() == {}


def test_longest_comment_is_learnt_and_forgotten():
    body = " ".join(f"word{number}" for number in range(3000))[:20_000]
    comment = make_comment(body=body)

    spam.learn(comment, "spam")
    size = len(table())
    spam.learn(comment, "")

    assert 1000 < size <= MAX_TOKENS + 1
    assert table() == {}


def test_retraining_comes_to_what_was_learnt_one_by_one():
    for number in range(7):
        spam.learn(make_comment(body=f"text {number} https://example.com"), "good")
        spam.learn(make_comment(body=f"pills {number}"), "spam")
    make_comment(body="never decided")
    before = table(), list(Comment.objects.values("pk", "trained_as", "trained_tokens"))
    SpamToken.objects.filter(good_count=1).update(good_count=50)

    report = retrain()

    assert (report.good, report.spam) == (7, 7)
    after = table(), list(Comment.objects.values("pk", "trained_as", "trained_tokens"))
    assert after == before


def test_retraining_reads_edited_texts_anew():
    comment = make_comment(body="old text")
    spam.learn(comment, "spam")
    Comment.objects.filter(pk=comment.pk).update(body="new text")

    retrain()

    comment.refresh_from_db()
    spam.learn(comment, "")
    assert table() == {}


def test_retraining_that_is_cut_off_leaves_all_as_it_was():
    for _number in range(3):
        spam.learn(make_comment(), "good")
    before = table()

    def broken(keys):
        yield from list(keys)[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retrain(progress=broken)

    assert table() == before


def test_retraining_learns_from_imports_where_asked():
    post = make_post()
    make_comment(post, source="wordpress:1")
    make_comment(post, source="wordpress:2", status=Status.SPAM)
    make_comment(post, source="wordpress:3", status=Status.PENDING)
    make_comment(post, status=Status.SPAM)

    retrain()
    without = totals()
    retrain(imported=True)

    assert without == (0, 0)
    assert totals() == (1, 1)
