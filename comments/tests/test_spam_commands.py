"""The commands that retrain and measure the filter."""

from email.message import EmailMessage
from io import StringIO
from shutil import which

import pytest
from django.core.management import CommandError, call_command

from comments import spam
from comments.models import SpamToken
from comments.spam.mails import as_comment, read_folder
from comments.spam.measuring import HELD_OUT, TRAINING, VALIDATION, part_of
from comments.tests.factories import make_comment
from comments.tests.spam_samples import GOOD_SENTENCES, SPAM_SENTENCES


def run(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def corpus(tmp_path):
    """Ninety mails of each kind."""
    for kind, sentences in (("easy-ham", GOOD_SENTENCES), ("spam", SPAM_SENTENCES)):
        (tmp_path / kind).mkdir()
        for number in range(90):
            sentence = sentences[number % len(sentences)]
            words = sentence.replace("{}", f"thing{number % 7}")
            write(tmp_path / kind / f"{number}.txt", f"{words} {number}", f"{kind} subject")
    return tmp_path


def write(path, text, subject, html=""):
    mail = EmailMessage()
    mail["From"] = "Kim Näh <kim@example.org>"
    mail["Subject"] = subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    path.write_bytes(mail.as_bytes())


@pytest.mark.django_db
def test_retraining_says_from_how_many():
    spam.learn_all([(make_comment(), "good"), (make_comment(), "good"), (make_comment(), "spam")])
    before = list(SpamToken.objects.order_by("pk").values())

    said = run("retrain_spam_filter")

    assert said == "Learnt from 2 good and 1 spam comments.\n"
    assert list(SpamToken.objects.order_by("pk").values()) == before


def test_measuring_finds_a_plain_difference(corpus):
    said = run("measure_spam_filter", str(corpus))

    lines = said.splitlines()
    assert lines[0] == "90 good and 90 spam mails, all different"
    assert [line[:27].strip() for line in lines[1:]] == [
        "ours, as a comment", "with hindsight", "at its usual threshold",
        "ours, with headers", "with hindsight", "at its usual threshold",
    ]  # fmt: skip
    assert "precision 100.00%, recall 100.00%" in lines[1]
    assert "good called spam  0.00%" in lines[1]


def test_measuring_is_the_same_each_time(corpus):
    assert run("measure_spam_filter", str(corpus)) == run("measure_spam_filter", str(corpus))


def test_measuring_several_splits_ends_with_their_sum(corpus):
    said = run("measure_spam_filter", str(corpus), "--seeds", "1", "2")

    assert "2 splits, recall 100.00% to 100.00%" in said


@pytest.mark.skipif(not which("bogofilter"), reason="bogofilter is not installed")
def test_measuring_beside_bogofilter(corpus):
    said = run("measure_spam_filter", str(corpus), "--bogofilter")

    for view in ("the whole mail", "the body only", "as a comment"):
        assert f"bogofilter, {view}" in said


def test_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere is not a folder"):
        run("measure_spam_filter", str(tmp_path / "nowhere"))


def test_folder_without_either_kind_is_refused(tmp_path):
    (tmp_path / "ham").mkdir()
    write(tmp_path / "ham" / "1.txt", "words", "subject")

    with pytest.raises(CommandError, match="folders named ham and spam"):
        run("measure_spam_filter", str(tmp_path))


def test_equal_mails_count_once(tmp_path):
    (tmp_path / "ham").mkdir()
    for name in ("1.txt", "2.txt"):
        write(tmp_path / "ham" / name, "words", "subject")

    assert len(read_folder(tmp_path)) == 1


def test_split_has_three_parts_that_another_seed_changes(corpus):
    mails = read_folder(corpus)

    parts = [[part_of(mail, seed) for mail in mails] for seed in (1, 1, 2)]

    assert parts[0] == parts[1] != parts[2]
    assert set(parts[0]) == {TRAINING, VALIDATION, HELD_OUT}


def test_mail_is_seen_as_a_comment(tmp_path):
    (tmp_path / "ham").mkdir()
    html = '<p>See <a href="https://a.example/x">th<b>is</b></a></p><style>p {}</style>'
    write(tmp_path / "ham" / "1.eml", "plain words", "A subject", html)

    [mail] = read_folder(tmp_path)
    sample = as_comment(mail)

    assert (sample.name, sample.email) == ("Kim Näh", "kim@example.org")
    assert sample.body.split() == ["A", "subject", "plain", "words", "See", "this"]
    assert sample.links == ("https://a.example/x",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\0",
        b"Subject: =?nonsense?q?x?=\nContent-Type: text/plain; charset=nonsense\n\nbody \xff",
        b"Subject: =?utf-8?b?!!!?=\nContent-Transfer-Encoding: base64\n\n%%%",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: text/html\n\n<p <a href=x <![CDATA[ <!-- ",
        b'From: \nContent-Type: text/plain; charset="\n\n',
    ],
)
def test_broken_mail_is_read(tmp_path, content):
    (tmp_path / "spam").mkdir()
    (tmp_path / "spam" / "1").write_bytes(content)

    [mail] = read_folder(tmp_path)

    assert isinstance(as_comment(mail, with_headers=True).body, str)
