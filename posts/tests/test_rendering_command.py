"""`manage.py render`, as a pipe."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from posts.rendering import render_post, render_visitor


class Pipe(io.TextIOWrapper):
    """Standard input with these bytes waiting."""

    def __init__(self, data: bytes):
        super().__init__(io.BytesIO(data), encoding="utf-8")


@pytest.fixture
def run(monkeypatch, capsys):
    def run(data: bytes, *arguments: str) -> str:
        monkeypatch.setattr("sys.stdin", Pipe(data))
        call_command("render", *arguments)
        return capsys.readouterr().out

    return run


def test_render_writes_the_html_of_a_post(run):
    assert run("# Grüße".encode()) == render_post("# Grüße").html


def test_render_ignores_a_byte_order_mark(run):
    assert run(b"\xef\xbb\xbfx") == "<p>x</p>\n"


def test_render_writes_the_html_of_a_visitor(run):
    assert run(b"# x", "--visitor") == render_visitor("# x")


def test_render_keeps_texts_apart_by_line(run):
    output = run(b'"a\\nb"\n"# \\u00e9"\n', "--jsonl")

    assert [json.loads(line) for line in output.splitlines()] == [
        "<p>a\nb</p>\n",
        render_post("# é").html,
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'"a"\nnot\n', "Line 2 is not JSON"),
        (b'"a"\n{}\n', "Line 2 is not a JSON string"),
        (b'"\xff"\n', "Line 1 is not valid UTF-8"),
    ],
)
def test_render_names_the_bad_line(run, data, words):
    with pytest.raises(CommandError, match=words):
        run(data, "--jsonl")


def test_render_writes_what_came_before_the_bad_line(run, capsys):
    with pytest.raises(CommandError):
        run(b'"a"\n[]\n', "--jsonl")

    assert capsys.readouterr().out == '"<p>a</p>\\n"\n'


def test_render_reads_text_that_is_decoded_already(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("é"))

    call_command("render")

    assert capsys.readouterr().out == "<p>é</p>\n"


def test_render_says_that_input_is_not_utf8(run):
    with pytest.raises(CommandError, match="Standard input is not valid UTF-8: byte 2 is wrong"):
        run(b"a\xff")


def test_render_works_before_there_is_a_database(tmp_path):
    """As on a fresh clone, in a process of its own."""
    environment = {
        "ENV_FILE": str(tmp_path / "none"),
        "SECRET_KEY": os.environ["SECRET_KEY"],
        "VAR_DIR": str(tmp_path / "var"),
    }

    rendered = subprocess.run(
        [sys.executable, "manage.py", "render"],
        cwd=settings.BASE_DIR,
        env=environment,
        input="![A door](/media/images/door.png)",
        capture_output=True,
        text=True,
    )

    assert rendered.stderr == ""
    assert 'alt="A door"' in rendered.stdout


def test_render_ends_quietly_when_its_reader_has_had_enough():
    command = [sys.executable, "manage.py", "render", "--jsonl"]
    lines = b'"x"\n' * 20_000  # more than a pipe holds

    with subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", '"$@" | head -n 1', "bash", *command],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as pipe:
        output, complaints = pipe.communicate(lines)

    assert (pipe.returncode, output, complaints) == (141, b'"<p>x</p>\\n"\n', b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full device")
def test_render_says_in_a_sentence_that_its_output_cannot_be_written():
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "manage.py", "render"],
            cwd=settings.BASE_DIR,
            # With a buffer, as in most places, the failure shows only when that is emptied.
            env={k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"},
            input=b"x",
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert ended.returncode == 1
    assert b"no space left" in ended.stderr
    assert b"Traceback" not in ended.stderr
