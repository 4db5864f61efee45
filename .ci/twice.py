"""Run pytest with these arguments, and what failed once more: alone, one after the other.

    .venv/bin/python .ci/twice.py ARGUMENTS OF PYTEST

What fails beside others and passes alone is unsteady. It is told by name, to be mended, and the
run goes on; what fails twice has failed. UNSTEADY names a file that the names are added to.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS_FAILED = 1  # pytest's status; any other says that not all tests were run
MOST_AGAIN = 20  # more failures than this no busy machine has made


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return run_twice([*arguments, "-o", f"cache_dir={folder}"], Path(folder))


def run_twice(arguments: list[str], cache: Path) -> int:
    """The status to exit with."""
    first = pytest(arguments)
    failed = failed_tests(cache)
    # Without a test, it is the coverage that failed; with what is none, a worker of xdist.
    if first != TESTS_FAILED or not failed or not all(".py" in name for name in failed):
        return first
    if len(failed) > MOST_AGAIN:
        print(f"\n{len(failed)} tests failed. That is no accident; none is run again.")
        return first
    print(f"\n== {len(failed)} failed, and run once more: alone, one after the other", flush=True)
    again = ["--last-failed", "--last-failed-no-failures=none", "-n", "0"]
    # Added to that of the first run, it is still the coverage of all.
    coverage = ["--cov-append"] if "--cov" in arguments else []
    second = pytest([*arguments, *again, *coverage])
    tell(failed, failed_tests(cache))
    return second


def pytest(arguments: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments]).returncode


def failed_tests(cache: Path) -> list[str]:
    """Names of what failed last."""
    path = cache / "v" / "cache" / "lastfailed"
    if not path.exists():
        return []
    return list(json.loads(path.read_text()))


def tell(failed: list[str], failed_again: list[str]) -> None:
    unsteady = [name for name in failed if name not in failed_again]
    if failed_again:
        print("\nfailed twice:", *failed_again, sep="\n  ")
    if unsteady:
        print("\nunsteady: failed beside others, passed alone:", *unsteady, sep="\n  ")
    if unsteady and "UNSTEADY" in os.environ:
        with open(os.environ["UNSTEADY"], "a") as file:
            file.writelines(f"{name}\n" for name in unsteady)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
