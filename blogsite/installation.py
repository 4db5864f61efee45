"""Makes `.venv` and `.env`, with the standard library alone and before anything is installed.

Whatever moment it is killed at, the next run mends what was left.
"""

import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Written last. A `.venv` without it was left half-made and is made again from nothing, for pip
# takes a package whose copying was cut short for an installed one.
STAMP = VENV / "blogsite.json"
ENV_FILE = ROOT / ".env"
LOG = ROOT / "var" / "logs" / "install.log"
LOCK_FILES = {"site": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}

# What pip writes when it fails, and what can be done. The first that is found counts.
PIP_FAILURES = {
    "No space left on device": "The disk is full. Make room and run it again.",
    "DO NOT MATCH THE HASHES": "A downloaded package is not the one that was locked.",
    "CERTIFICATE_VERIFY_FAILED": (
        "This machine does not trust the package index's certificate. Install ca-certificates,"
        " or name the right file in PIP_CERT."
    ),
    # Pip goes on to claim that no version exists; this comes before.
    "connection broken by": (
        "The packages cannot be downloaded, because the package index does not answer. Check the"
        " network and run it again."
    ),
}


class Problem(Exception):
    """One sentence for the person at the terminal."""


def make_ready(with_dev: bool, with_env: bool) -> None:
    """Bring `.venv` and `.env` to where they should be; do nothing where they are.

    Raises Problem.
    """
    # Ends like Ctrl-C, so that a pip that was started is stopped as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        lock = lock_folder()
        make_venv(with_dev, lock)
        if with_env and not os.path.lexists(ENV_FILE):
            write_env()
        os.close(lock)
    except OSError as error:
        raise Problem(explain(error)) from error
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def lock_folder() -> int:
    """Keep two starts from installing into one `.venv`; returns a file descriptor.

    The lock ends with the process that holds it, however that one ends.
    """
    lock = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Waiting for another installation in this folder to finish")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


# --- .venv --------------------------------------------------------------------


def make_venv(with_dev: bool, lock: int) -> None:
    """Make `.venv` if it is missing, broken or old, and install what the lock files list."""
    names = ["site", "dev"] if with_dev else ["site"]
    wanted = {name: hashlib.sha256(LOCK_FILES[name].read_bytes()).hexdigest() for name in names}
    stamp = read_stamp()
    if not stamp or not still_fits(stamp):
        make_empty_venv()
        stamp = {"python": python_id()}
    if wanted.items() <= stamp.items():
        return
    STAMP.unlink(missing_ok=True)
    install(names, lock)
    write_whole(STAMP, json.dumps(stamp | wanted, indent=2) + "\n")


def read_stamp() -> dict[str, str] | None:
    """What the last finished installation noted: its Python, and each lock file's SHA-256."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def python_id() -> str:
    """Names the Python below a virtual environment, from inside it and from outside alike."""
    return f"{sys.version_info.major}.{sys.version_info.minor} in {sys.base_prefix}"


def still_fits(stamp: dict[str, str]) -> bool:
    """Whether `.venv` still runs, and is made from the Python that was asked for, if one was."""
    if os.environ.get("PYTHON") and stamp.get("python") != python_id():
        return False
    if sys.prefix == str(VENV):
        return True
    try:
        return subprocess.call([PYTHON, "-c", ""], stderr=subprocess.DEVNULL) == 0  # noqa: S603
    except OSError:
        return False


def make_empty_venv() -> None:
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()  # here, so that a folder that cannot be written is named as such
    say("Making a virtual environment in .venv")
    # This very process may run in the old .venv, so ask for the Python below it.
    status = run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", VENV])
    if status:
        raise Problem(f"The virtual environment could not be made; {shown(LOG)} says why.")


def install(names: list[str], lock: int) -> None:
    say("Installing packages; the first time takes a minute or two")
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "--retries", "2"]
    for name in names:
        command += ["--requirement", LOCK_FILES[name]]
    # Should this process be killed, the lock stays with pip until that has ended as well.
    if run(command, pass_fds=[lock]):
        raise Problem(pip_problem(LOG.read_text(errors="replace")))
    if "dev" in names:
        # Lets .venv/bin/pytest find the project wherever it is called.
        for packages in VENV.glob("lib/python*/site-packages"):
            (packages / "blogsite.pth").write_text(f"{ROOT}\n")


def run(command: list, **options) -> int:
    """Exit code of `command`, whose output goes to the log. Stopped when this process is."""
    # For the owner alone: what comes to lie beside the log is not for others to read.
    LOG.parent.parent.mkdir(mode=0o700, exist_ok=True)
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - a list of our own, no shell
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, **options
        )
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise


def pip_problem(output: str) -> str:
    for sign, sentence in PIP_FAILURES.items():
        if sign in output:
            return f"{sentence} (All that pip said: {shown(LOG)})"
    return f"The packages could not be installed; the end of {shown(LOG)} says why."


# --- .env ---------------------------------------------------------------------


def write_env() -> None:
    """Write a `.env` with a fresh secret that nobody but its owner can read.

    Written under another name first, so that a killed start leaves all of it or nothing; then
    linked rather than renamed, so that a file of the owner's is never overwritten.
    """
    draft = VENV / "env-draft"
    write_private(
        draft,
        "# Written by `make run`. Every setting is explained in .env.example.\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n",
    )
    try:
        os.link(draft, ENV_FILE)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        os.rename(draft, ENV_FILE)
    draft.unlink(missing_ok=True)
    say("Wrote .env with a new secret key")


def write_whole(path: Path, text: str) -> None:
    """Write a file completely or not at all."""
    draft = path.with_name(f"{path.name}.new")
    write_private(draft, text)
    draft.replace(path)


def write_private(path: Path, text: str) -> None:
    """Write a file that from its first byte on nobody but the owner can read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


# --- Words --------------------------------------------------------------------


def say(line: str) -> None:
    print(line, flush=True)


def explain(error: OSError) -> str:
    """One sentence for a failure of the file system."""
    where = shown(error.filename or ROOT)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"Cannot write {where}: {error.strerror.lower()}. Clone the project into a folder of"
            f" your own, or give your user the right to write in {ROOT}."
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full, so {where} cannot be written. Make room and run it again."
    return f"Cannot use {where}: {(error.strerror or str(error)).lower()}."


def shown(path) -> str:
    """`path` as one would type it in the project's folder."""
    path = str(path)
    return os.path.relpath(path, ROOT) if path.startswith(f"{ROOT}{os.sep}") else path
