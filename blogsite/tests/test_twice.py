"""What .ci/twice.py makes of tests that fail, fail once, or leave code untested."""

import subprocess
import sys

import pytest
from django.conf import settings

TWICE = settings.BASE_DIR / ".ci" / "twice.py"
PLUGINS = ["-p", "xdist", "-p", "pytest_cov"]
STEADY = "def test_steady(): pass"
BROKEN = "def test_broken(): assert False"
# Once it fails; whoever runs it again finds the file.
UNSTEADY = """
import pathlib, thing
def test_unsteady():
    seen = pathlib.Path(__file__).with_name("seen")
    is_second = seen.exists()
    seen.touch()
    assert is_second
    thing.used()
"""
THING = """
def used():
    first = 1
    second = 2
    third = 3
    return first + second + third
"""
MOST_UNTESTED = "[run]\nsource = .\nomit = test_*\n[report]\nfail_under = 90\n"


@pytest.fixture
def twice(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    (tmp_path / ".coveragerc").write_text(MOST_UNTESTED)
    (tmp_path / "thing.py").write_text(THING)

    def run(*options, **tests):
        """The status, what was printed, and what was noted as unsteady."""
        for name, code in tests.items():
            (tmp_path / f"test_{name}.py").write_text(code)
        noted = tmp_path / "noted"
        done = subprocess.run(
            [sys.executable, TWICE, *PLUGINS, "-n", "2", "--dist", "loadgroup", *options],
            cwd=tmp_path,
            env={"UNSTEADY": str(noted), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout, noted.read_text() if noted.exists() else ""

    return run


def test_tests_that_pass_are_run_once(twice):
    status, printed, noted = twice(a=STEADY)

    assert (status, printed.count("1 passed"), noted) == (0, 1, "")


def test_test_that_passes_alone_is_named_and_fails_nothing(twice):
    status, printed, noted = twice(a=STEADY, b=UNSTEADY)

    assert status == 0
    assert "failed beside others, passed alone:\n  test_b.py::test_unsteady\n" in printed
    assert noted == "test_b.py::test_unsteady\n"


def test_test_that_fails_twice_fails_the_run(twice):
    status, printed, noted = twice(a=STEADY, b=UNSTEADY, c=BROKEN)

    assert status == 1
    assert "failed twice:\n  test_c.py::test_broken\n" in printed
    assert noted == "test_b.py::test_unsteady\n"


def test_failure_of_a_whole_file_is_no_accident(twice):
    assert twice(a=STEADY, b="import nothing_of_this_name")[0] not in {0, 5}


def test_workers_that_find_other_tests_are_no_accident(twice):
    code = "import os, pytest\n@pytest.mark.parametrize('n', [os.getpid()])\ndef test_n(n): pass"

    status, printed, _noted = twice(a=code)

    assert status == 1
    assert "run once more" not in printed


def test_many_failures_are_no_accident(twice):
    many = "import pytest\n@pytest.mark.parametrize('n', range(30))\ndef test_broken(n): assert 0"

    status, printed, _noted = twice(a=many)

    assert (status, printed.count("30 failed")) == (1, 1)


def test_coverage_is_that_of_both_runs(twice):
    assert twice("--cov", b=UNSTEADY)[0] == 0


def test_coverage_below_the_limit_fails_the_run(twice):
    assert twice("--cov", a=STEADY)[0] == 1
