"""The same questions find the same in SQLite and in PostgreSQL."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

FOUND = {
    # Forms of words, in the language of each text.
    "walks": ["Dogs"],
    "running": ["Dogs", "Query sets", "Parts"],
    "runs dog": ["Dogs"],
    "ＷＡＬＫＩＮＧ": ["Dogs"],
    "haus": ["Häuser"],
    "GROSSE": ["Häuser"],
    "naive KRAKOW cafe": ["Party 🎉"],
    # The language of queries.
    "red fox": ["Fox", "Fur"],
    '"red fox"': ["Fox"],
    '"red fox': ["Fox"],
    "fox -jumped": ["Fur"],
    'fox -"red fox"': ["Fur"],
    "tag:django": ["Query sets"],
    "django": ["Query sets"],
    "call author:ada": ["Query sets"],
    'author:"ada lovelace"': ["Query sets"],
    "year:2021": ["Systems"],
    "fox year:2016": ["Fur"],
    "quer*": ["Query sets"],
    "runing": [],
    # Code, as typed.
    "select_related": ["Query sets"],
    "related": ["Query sets", "Parts"],
    "manage.py": ["Query sets"],
    "asyncio.run": ["Query sets"],
    "C++": ["Systems"],
    "c#": ["Systems"],
    ".NET": ["Systems"],
    "net": ["Systems", "Parts"],
    "node.js": ["Systems"],
    "--no-cache": ["Systems"],
    # Other scripts.
    "日本語": ["日本語"],
    "文章": ["日本語"],
    "章文": [],
    "السلام": ["مرحبا"],
    "مرحبا": ["مرحبا"],
    "🎉": [],
    "party 🎉": ["Party 🎉"],
    # What is no question, or a hostile one.
    "": [],
    "the": ["Fox"],
    "-fox": [],
    '"': [],
    '"-"': [],
    "tag:": [],
    "tag:nothing": [],
    "fox year:0": [],
    "fox author:nobody": [],
    "fox\0red": ["Fox", "Fur"],
    "NEAR(": [],
    "NEAR(red fox, 2)": [],
    "red OR fox": [],
    "{red fox}:x ^fox": [],
    "red & !fox | (": ["Fox", "Fur"],
    "fox') --": ["Fox", "Fur"],
    "fo\\x": [],
    "%s %d fox": [],
    "xq~^" * 2_500: [],
    "a*b*": [],
    "\u202efox": ["Fox", "Fur"],
    # Draft, to come, over, in the trash.
    "quokka": [],
    "zirconium": [],
    "zirconum": [],
    "hidden quok": [],
    "typeface": [],
}


def ask(environment: dict) -> dict:
    for arguments, given in [
        (["migrate", "--verbosity=0"], ""),
        (
            [
                "shell",
                "--verbosity=0",
                "--command",
                "from posts.tests.asked import answer; answer()",
            ],
            json.dumps(list(FOUND)),
        ),
    ]:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | environment,
            input=given,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def sqlite_answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sqlite")
    return ask({"VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}"})


@pytest.fixture(scope="module")
def postgres_answers(tmp_path_factory, database_server):
    folder = tmp_path_factory.mktemp("postgres")
    return ask({"VAR_DIR": str(folder), "DATABASE_URL": database_server.create("search")})


@pytest.fixture(params=["sqlite_answers", "postgres_answers"])
def answers(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("question", FOUND, ids=lambda question: question[:30] or "nothing")
def test_question_finds_the_same_everywhere(answers, question):
    assert answers[question]["titles"] == FOUND[question]


def test_only_our_own_marks_are_html(answers):
    snippets = [text for answer in answers.values() for text in answer["snippets"]]

    assert set(re.findall(r"<[^>]*>", "".join(snippets))) == {"<mark>", "</mark>"}
    assert any("&lt;b&gt;walrus&lt;/b&gt;" in text for text in snippets)


def test_nothing_shows_what_is_not_public(answers):
    for question in ["quokka", "zirconium", "zirconum", "hidden quok"]:
        found = answers[question]
        assert not any(found[key] for key in ["titles", "correction", "suggested", "facets"])
        assert found["at_desk"] or question == "zirconum"


def test_mistake_is_put_right_by_a_word_that_is_public(answers):
    assert answers["runing"]["correction"] == "running"
    assert answers["typeface"]["pages"] == ["Colophon"]


def test_both_suggest_and_correct_the_same(sqlite_answers, postgres_answers):
    assert sqlite_answers == postgres_answers
