"""`manage.py lint_posts`."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from posts.linting import check
from posts.linting.waiving import waive
from posts.tests.factories import in_an_hour, make_page, make_post

pytestmark = pytest.mark.django_db

FINE = {"summary": "In a sentence.", "body": "Words."}
BROKEN = FINE | {"body": "Words.\n\n[a](/post/none/)\n"}


def lint(capsys, *arguments) -> list[str]:
    """The lines that the command prints."""
    try:
        call_command("lint_posts", *arguments)
    finally:
        lines = capsys.readouterr().out.splitlines()
    return lines


def failing(capsys, *arguments) -> tuple[list[str], CommandError]:
    with pytest.raises(CommandError) as caught:
        call_command("lint_posts", *arguments)
    return capsys.readouterr().out.splitlines(), caught.value


def test_texts_in_order_print_nothing(capsys):
    make_post(**FINE)
    make_page()

    assert lint(capsys) == []


def test_finding_is_a_line_and_what_blocks_ends_with_code_1(capsys):
    make_post(slug="tea", **BROKEN)

    lines, error = failing(capsys)

    assert lines == [
        "tea:3 link-broken There is nothing at /post/none/. Mend the address, or leave the link out."
    ]
    assert error.returncode == 1


def test_finding_that_does_not_block_is_no_failure(capsys):
    make_page(slug="about", title="")

    [line] = lint(capsys)

    assert line.startswith("about: title-missing ")


def test_only_what_readers_see_unless_told_otherwise(capsys):
    for slug, moment in {"draft": None, "coming": in_an_hour()}.items():
        make_post(slug=slug, **FINE | {"title": ""}, published_at=moment)
    make_post(slug="gone", **FINE | {"title": ""}, deleted_at=timezone.now())

    assert lint(capsys) == []
    assert lint(capsys, "--published") == []
    assert [line.partition(":")[0] for line in lint(capsys, "--all")] == ["draft", "coming"]
    assert [line.partition(":")[0] for line in lint(capsys, "draft")] == ["draft"]


def test_one_rule_alone(capsys):
    make_post(slug="tea", **BROKEN | {"title": ""})

    assert len(lint(capsys, "--rule", "title-missing")) == 1
    assert len(failing(capsys, "--rule", "link-broken", "--rule", "title-missing")[0]) == 2


def test_findings_as_json(capsys):
    make_page(slug="über", title="")

    [line] = lint(capsys, "--json")

    found = json.loads(line)
    assert found.pop("message").startswith("There is no title")
    assert found == {
        "kind": "page",
        "slug": "über",
        "line": None,
        "rule": "title-missing",
        "severity": "warns",
        "waived": "",
    }


def test_what_was_let_through_is_told_and_does_not_fail(capsys):
    post = make_post(slug="tea", **BROKEN)
    waive(post, check(post), "It is coming.", post.author_list[0])

    [line] = lint(capsys)

    assert line.endswith("[let through: It is coming.]")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["none"], "There is no post and no page with the slug none."),
        (["--rule", "none"], "There is no rule none. The rules are: picture-alt,"),
    ],
)
def test_unknown_names_are_told(capsys, arguments, sentence):
    lines, error = failing(capsys, *arguments)

    assert str(error).startswith(sentence)
    assert lines == []


def test_many_texts_take_few_queries(capsys, django_assert_max_num_queries):
    for number in range(30):
        make_post(**FINE | {"body": f"[a](/post/none-{number}/) [b](https://example.org/{number})"})

    with django_assert_max_num_queries(12):
        lines, _error = failing(capsys)

    assert len(lines) == 30
