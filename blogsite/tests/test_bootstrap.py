"""`make` and bootstrap.py, in a small copy of the project that has no packages to download."""

import ast
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = [sys.executable, "blogsite/bootstrap.py"]
# Nobody answers at port 9 ("discard"), and pip is not to ask anyone else.
NO_INDEX = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_NO_CACHE_DIR": "1",
}
UNKNOWN_PACKAGE = f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n"


def copy_project(folder):
    (folder / "blogsite").mkdir(parents=True)
    for name in ["__init__.py", "bootstrap.py", "installation.py"]:
        shutil.copy(ROOT / "blogsite" / name, folder / "blogsite")
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").touch()
    (folder / "requirements-dev.txt").touch()
    (folder / "show.py").write_text("import sys; print('shown in', sys.prefix)\n")
    return folder


@pytest.fixture
def project(tmp_path):
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="module")
def ready_project(tmp_path_factory):
    """A project after its first start; making a virtual environment takes seconds."""
    folder = copy_project(tmp_path_factory.mktemp("ready") / "project")
    run(folder, *PROGRAM, "--env", "show.py")
    return folder


def run(folder, *command, **environ):
    # Of the environment only what finds programs: no PYTHON, no make above, no settings for pip.
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)} | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def run_changed(folder, change):
    """Run bootstrap.py in a Python in which the statement `change` was run before."""
    code = (
        f"import runpy, sys; {change}; sys.argv = ['bootstrap.py', 'show.py'];"
        " runpy.run_path('blogsite/bootstrap.py', run_name='__main__')"
    )
    return run(folder, sys.executable, "-c", code)


def tools(folder, *names):
    """A folder to be the PATH, with these programs and no others."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def test_bootstrap_uses_syntax_of_old_pythons_only():
    source = (ROOT / "blogsite" / "bootstrap.py").read_text()

    nodes = list(ast.walk(ast.parse(source)))

    assert not [node for node in nodes if isinstance(node, ast.JoinedStr | ast.NamedExpr)]
    assert not [node for node in nodes if isinstance(node, ast.AnnAssign)]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    assert not [f for f in functions if f.returns or f.args.kwonlyargs or f.args.posonlyargs]
    assert not [f for f in functions if any(argument.annotation for argument in f.args.args)]


def test_bootstrap_names_a_python_that_is_too_old(project):
    result = run_changed(project, "sys.version_info = (3, 9, 18, 'final', 0)")

    assert result.returncode == 1
    assert result.stderr == (
        "Blogsite needs Python 3.11 or newer; this is Python 3.9. Install a newer one, or say"
        " where it is: PYTHON=/path/to/python3 make run\n"
    )
    assert not (project / ".venv").exists()


def test_bootstrap_says_how_to_get_venv(project):
    version = "{}.{}".format(*sys.version_info)

    result = run_changed(project, "sys.modules['ensurepip'] = None")

    assert result.returncode == 1
    assert result.stderr == (
        f"This Python {version} has no venv module. Install it (Debian and Ubuntu: apt-get install"
        f" python{version}-venv), or name another: PYTHON=/path/to/python3 make run\n"
    )


def test_first_start_makes_venv_and_private_env(ready_project):
    result = run(ready_project, *PROGRAM, "show.py")

    assert result.stdout == f"shown in {ready_project}/.venv\n"
    name, _, secret = (ready_project / ".env").read_text().splitlines()[-1].partition("=")
    assert name == "SECRET_KEY"
    assert len(secret) >= 50
    assert stat.S_IMODE((ready_project / ".env").stat().st_mode) == 0o600


def test_second_start_changes_nothing(ready_project):
    env = (ready_project / ".env").read_text()
    made_at = (ready_project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns

    result = run(ready_project, *PROGRAM, "--env", "show.py")

    assert result.stdout == f"shown in {ready_project}/.venv\n"
    assert (ready_project / ".env").read_text() == env
    assert (ready_project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made_at


def test_interrupted_installation_is_made_again(project):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "half-copied").touch()

    result = run(project, *PROGRAM, "show.py")

    assert result.stdout.endswith(f"shown in {project}/.venv\n")
    assert not (project / ".venv" / "bin" / "half-copied").exists()


def test_venv_of_a_removed_python_is_made_again(ready_project):
    python = ready_project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/no/such/python")

    result = run(ready_project, *PROGRAM, "show.py")

    assert result.stdout.endswith(f"shown in {ready_project}/.venv\n")


def test_unreachable_index_is_one_sentence(project):
    (project / "requirements.txt").write_text(UNKNOWN_PACKAGE)

    for _attempt in range(2):  # what the first one left behind must not pass for installed
        result = run(project, *PROGRAM, "show.py", **NO_INDEX)

        assert (result.returncode, result.stderr) == (
            1,
            "The packages cannot be downloaded, because the package index does not answer. Check"
            " the network and run it again. (All that pip said: var/logs/install.log)\n",
        )
        assert "no-such-package" in (project / "var" / "logs" / "install.log").read_text()


def test_folder_that_cannot_be_written_is_one_sentence():
    nobody = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    python = os.path.realpath(sys.executable)
    # Not tmp_path, which only its owner may enter.
    folder = copy_project(Path(tempfile.mkdtemp()) / "project")
    folder.parent.chmod(0o755)
    folder.chmod(0o555)
    try:
        result = subprocess.run(
            [python, "blogsite/bootstrap.py", "show.py"],
            cwd=folder,
            capture_output=True,
            text=True,
            **nobody,
        )
    except PermissionError:
        pytest.skip("The user nobody may not run this Python")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder.parent)

    assert result.stderr == (
        "Cannot write .venv: permission denied. Clone the project into a folder of your own, or"
        f" give your user the right to write in {folder}.\n"
    )


def test_make_without_any_python_says_what_to_install(project, tmp_path):
    path = tools(tmp_path / "bin", "make", "sh")

    result = run(project, "make", "run", PATH=str(path))

    assert result.returncode == 2
    assert result.stderr.splitlines()[0] == (
        "Blogsite needs Python 3.11 or newer, and there is none on the PATH. Install it (Debian and"
        " Ubuntu: apt-get install python3 python3-venv) or say where it is: PYTHON=/path/to/python3"
        " make run"
    )


def test_make_passes_over_a_python_that_does_not_run(project, tmp_path):
    path = tools(tmp_path / "bin", "make", "sh")
    (path / "python3").write_text("#!/bin/sh\necho 'no version is set' >&2\nexit 127\n")
    (path / "python3").chmod(0o755)
    (path / "python3.11").write_text('#!/bin/sh\necho "$@"\n')
    (path / "python3.11").chmod(0o755)

    result = run(project, "make", "run", PATH=str(path))

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("blogsite/bootstrap.py --env manage.py serve")


def test_make_refuses_a_named_python_that_does_not_run(project):
    result = run(project, "make", "run", PYTHON="/no/such/python")

    assert result.stderr.splitlines()[0] == (
        "PYTHON=/no/such/python does not run. Name a Python 3.11 or newer."
    )


def test_make_help_has_a_line_for_each_command(project):
    makefile = (project / "Makefile").read_text()
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:"))

    result = run(project, "make")

    listed = [line.split()[:2] for line in result.stdout.splitlines()]
    assert listed == [["make", name] for name in phony.split()[1:]]
