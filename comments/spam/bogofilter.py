"""Debian's bogofilter, to be measured beside our filter with the same mails."""

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from comments.spam.mails import Mail, as_comment
from comments.spam.measuring import TRAINING, Scores, part_of

SPAM_CUTOFF = 0.99  # its own default
KEPT_HEADERS = (b"content-", b"mime-")


def scores_of(mails: list[Mail], seed: int, view: Callable[[Mail], bytes]) -> Scores:
    """What it makes of `mails`, each as `view` shows it. OSError where it is not installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for mail in mails:
            (folder / mail.digest).write_bytes(view(mail))
        wordlist = folder / "wordlist"
        wordlist.mkdir()
        training = [mail for mail in mails if part_of(mail, seed) == TRAINING]
        others = [mail for mail in mails if part_of(mail, seed) != TRAINING]
        for option, is_spam in (("-s", True), ("-n", False)):
            _run(wordlist, [option], [each for each in training if each.is_spam == is_spam])
        answers = _run(wordlist, ["-TT", "-v"], others)
    return {
        mail.digest: float(answer.rsplit(" ", 1)[1])
        for mail, answer in zip(others, answers, strict=True)
    }


def whole(mail: Mail) -> bytes:
    return mail.content


def body_only(mail: Mail) -> bytes:
    """The body, and of the headers those without which nobody could read it."""
    head, _blank, body = mail.content.partition(b"\n\n")
    kept, keeping = [], False
    for line in head.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            keeping = line.lower().startswith(KEPT_HEADERS)
        if keeping:
            kept.append(line)
    return b"\n".join(kept) + b"\n\n" + body


def like_a_comment(mail: Mail) -> bytes:
    """Just what our own filter sees."""
    sample = as_comment(mail)
    links = "\n".join(sample.links)
    text = (
        f"From: {sample.name} <{sample.email}>\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{sample.body}\n{links}\n"
    )
    return text.encode("utf-8", "replace")


def _run(wordlist: Path, options: list[str], mails: Iterable[Mail]) -> list[str]:
    files = "".join(f"{wordlist.parent / mail.digest}\n" for mail in mails)
    done = subprocess.run(  # noqa: S603
        ["bogofilter", "-C", "-d", str(wordlist), "-b", *options],  # noqa: S607
        input=files,
        capture_output=True,
        text=True,
    )
    # 0 to 2 are verdicts about the last mail.
    if done.returncode > 2:
        raise OSError(done.returncode, f"bogofilter failed: {done.stderr.strip()[:200]}")
    return done.stdout.splitlines()
