"""What the filter makes of a comment, and how it says why."""

import pytest
from django.utils import translation

from comments import spam
from comments.models import Comment
from comments.spam.filter import MIN_EXAMPLES, SPAM_FROM, Totals, chance_of
from comments.tests.factories import make_comment
from comments.tests.spam_samples import HELD_OUT_GOOD, HELD_OUT_SPAM, train
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def trained():
    train(spam.learn_all)


def unsaved(body, **fields) -> Comment:
    return Comment(
        **{"post": make_post(), "name": "Kim", "email": "kim@example.org"} | fields, body=body
    )


def test_filter_knows_nothing_at_first():
    found = spam.score(unsaved("cheap pills"))

    assert (found.probability, found.evidence, found.looks_like_spam) == (None, [], False)


def test_filter_knows_nothing_of_one_kind_alone():
    spam.learn(make_comment(body="cheap pills"), "spam")

    assert spam.score(unsaved("cheap pills")).probability is None


def test_comment_without_known_tokens_is_in_the_middle(trained):
    """Nothing but how long it is, and that there is no link, speaks for or against it."""
    found = spam.score(unsaved("zzyzx quux frobnicate grault", email="kim@nowhere.example"))

    assert 0.05 < found.probability < 0.5


def test_shadow_scores_and_says_why_but_decides_nothing():
    post = make_post()
    for number in range(MIN_EXAMPLES - 1):
        spam.learn(make_comment(post, body=f"good words {number}"), "good")
        spam.learn(make_comment(post, body=f"cheap pills {number}"), "spam")

    found = spam.score(unsaved("cheap pills cheap pills again"))

    assert found.probability > SPAM_FROM
    assert found.evidence
    assert found.in_shadow
    assert not found.looks_like_spam


def test_shadow_ends_with_enough_examples_of_both():
    post = make_post()
    for number in range(MIN_EXAMPLES):
        spam.learn(make_comment(post, body=f"good words {number}"), "good")
        spam.learn(make_comment(post, body=f"cheap pills {number}"), "spam")

    assert spam.score(unsaved("cheap pills cheap pills again")).looks_like_spam


@pytest.mark.parametrize("body", HELD_OUT_GOOD)
def test_good_comment_is_told(trained, body):
    assert spam.score(unsaved(body)).probability < 0.5


@pytest.mark.parametrize("body", HELD_OUT_SPAM)
def test_spam_is_told(trained, body):
    found = spam.score(unsaved(body, name="Best Pills", site="https://pills.example"))

    assert found.looks_like_spam


@pytest.mark.parametrize("body", HELD_OUT_SPAM)
def test_spam_under_an_honest_name_is_told_by_its_words(trained, body):
    assert spam.score(unsaved(body)).probability > 0.5


def test_praise_for_the_sake_of_the_authors_link_is_told(trained):
    praise = "Great post, very nice article, thanks for sharing this valuable information!"

    found = spam.score(unsaved(praise, name="Best Casino", site="https://casino.example"))

    assert found.looks_like_spam


def test_evidence_names_the_strongest_signs_in_words():
    post = make_post()
    for _number in range(5):
        spam.learn(make_comment(post, body="https://cheap-pills.example/ now"), "spam")
        spam.learn(make_comment(post, body="harmless words"), "good")

    found = spam.score(unsaved("look at https://cheap-pills.example/x"))

    assert {"what": "a link to cheap-pills.example", "spam": 0.998} in found.evidence
    assert len(found.evidence) <= 8
    assert all(set(each) == {"what", "spam"} for each in found.evidence)


def test_evidence_for_a_good_comment_points_the_other_way(trained):
    found = spam.score(unsaved("TypeError in production, see the docs"))

    assert {"what": "the word “production”", "spam": 0.001} in found.evidence


def test_evidence_is_in_the_language_of_the_site(trained):
    with translation.override("de"):
        found = spam.score(unsaved("viagra"))

    assert all(isinstance(each["what"], str) for each in found.evidence)


def test_evidence_can_be_stored_whatever_was_typed(trained):
    hostile = "\u202eviagra\u202c \ufeff<script>alert(1)</script> \ud800 {}%s%(x)s " + "x" * 10_000
    comment = make_comment()

    comment.evidence = spam.score(unsaved(hostile)).evidence
    comment.save()

    comment.refresh_from_db()
    assert all(len(each["what"]) < 200 for each in comment.evidence)


def test_score_of_a_comment_depends_on_no_order(trained):
    assert (
        spam.score(unsaved("cheap pills")).probability
        == spam.score(unsaved("cheap pills")).probability
    )


def test_member_and_guest_are_told_apart(trained):
    post, user = make_post(), make_user()
    spam.learn_all((make_comment(post, member=user), "good") for _number in range(5))
    member = Comment(post=make_post(), member=make_user(), body="cheap pills")

    assert spam.score(member).probability < spam.score(unsaved("cheap pills")).probability


@pytest.mark.parametrize("body", ["one word", " ".join(f"word{n}" for n in range(3000))])
def test_score_is_one_query(trained, django_assert_num_queries, body):
    comment = unsaved(body)

    with django_assert_num_queries(1):
        spam.score(comment)


def test_more_spam_than_good_is_no_evidence_by_itself():
    """A site that got a flood must not come to suspect every word."""
    assert chance_of(1, 100, Totals(good=1, spam=100)) == pytest.approx(0.5)


def test_rare_tokens_are_believed_less_than_frequent_ones():
    totals = Totals(good=100, spam=100)

    assert 0.5 < chance_of(0, 1, totals) < chance_of(0, 20, totals) < 1
    assert 0 < chance_of(20, 0, totals) < chance_of(1, 0, totals) < 0.5
