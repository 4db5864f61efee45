"""Sites full of made-up posts, each made once and kept: a hundred thousand posts take minutes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from blogsite.bench.programs import ROOT, Failed

SEED = 1
COMMENTS_A_POST = 5
# What the content of a site depends on: made by other code, it is made anew.
MADE_BY = [
    "posts/generate.py",
    "comments/generate.py",
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    # Tables that no migration makes.
    "posts/tallies/*.py",
    "posts/search/*.py",
    "blogsite/fulltext/*.py",
]
STAMP = "bench.json"


def environ(var_dir: Path, **variables: str) -> dict[str, str]:
    """The environment of a site in `var_dir`: as in production, and none of this machine's .env."""
    kept = {
        name: os.environ[name] for name in ["PATH", "HOME", "LANG", "TMPDIR"] if name in os.environ
    }
    return kept | {
        "ENV_FILE": str(var_dir / "none.env"),
        "VAR_DIR": str(var_dir),
        "SECRET_KEY": "for-a-site-of-made-up-posts-that-nobody-but-the-benchmark-visits",
        "EMAIL_URL": "dummymail://",
        "PYTHONPATH": str(ROOT),
        **variables,
    }


def site_with(posts: int, folder: Path) -> Path:
    """The folder of a site with that many posts; made if it is not there, or by other code."""
    var_dir = folder / str(posts)
    stamp = {"posts": posts, "seed": SEED, "made_by": digest()}
    if not is_made(var_dir, stamp):
        print(f"Making a site of {posts:,} posts in {var_dir}", file=sys.stderr)
        shutil.rmtree(var_dir, ignore_errors=True)
        var_dir.mkdir(parents=True)
        fill(var_dir, posts)
        (var_dir / STAMP).write_text(json.dumps(stamp))
    manage(var_dir, "prepare")  # static files may be newer than the posts
    return var_dir


def is_made(var_dir: Path, stamp: dict) -> bool:
    path = var_dir / STAMP
    return path.exists() and json.loads(path.read_text()) == stamp


def digest() -> str:
    content = hashlib.sha256()
    for pattern in MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            content.update(path.read_bytes())
    return content.hexdigest()


def fill(var_dir: Path, posts: int) -> None:
    manage(var_dir, "migrate", "--verbosity=0")
    manage(var_dir, "generate_content", f"--posts={posts}", f"--seed={SEED}")
    comments = posts * COMMENTS_A_POST
    manage(var_dir, "generate_comments", f"--comments={comments}", f"--seed={SEED}")
    inside(var_dir, "open_comments")


def manage(var_dir: Path, *arguments: str) -> None:
    run(var_dir, "manage.py", *arguments)


def inside(var_dir: Path, verb: str, *arguments: str):
    """What `blogsite.bench.inside` returns for `verb`, asked in a process of its own."""
    output = run(var_dir, "-m", "blogsite.bench.inside", verb, *arguments)
    return json.loads(output.splitlines()[-1])


def run(var_dir: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environ(var_dir),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failed(f"{' '.join(arguments)} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
