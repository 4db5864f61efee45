"""The production server as a program: started, asked, stopped in every way."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from blogsite.outgoing.tests.mailserver import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, "manage.py"]
PATIENCE = 60  # seconds until a process that does not end is a failure; it takes far less


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    """The data of a site whose database is ready and empty."""
    folder = tmp_path_factory.mktemp("site") / "var"
    (folder / "static").mkdir(parents=True)
    done = manage(folder, "migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def port():
    return free_port()


def environ(var_dir, port="8000"):
    address = f"http://127.0.0.1:{port}"
    return os.environ | {"VAR_DIR": str(var_dir), "PORT": str(port), "SITE_URL": address}


def manage(var_dir, *arguments, port="8000"):
    return subprocess.run(
        [*MANAGE, *arguments],
        cwd=ROOT,
        env=environ(var_dir, port),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


@contextmanager
def started(var_dir, port, command=(*MANAGE, "serve"), **variables):
    """The site as a process in a group of its own, once it says that it serves."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ(var_dir, port) | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout.readline() == f"Serving http://127.0.0.1:{port}/\n"
        yield process
    finally:
        if in_group(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def get(port, path="/robots.txt"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def in_group(group):
    """Process ids in a process group, without those that only wait to be reaped."""
    rows = subprocess.check_output(["ps", "-eo", "pid=,pgid=,stat="], text=True).splitlines()
    fields = [row.split() for row in rows]
    return [int(pid) for pid, pgid, state in fields if pgid == str(group) and state[0] != "Z"]


def children(pid):
    """Process ids of the children that answer requests."""
    return [child for child, command in all_children(pid) if "--parent" not in command]


def job_workers(pid):
    """Process ids of the children that run jobs."""
    return [child for child, command in all_children(pid) if "--parent" in command]


def all_children(pid):
    rows = subprocess.check_output(["ps", "-ww", "-eo", "pid=,ppid=,stat=,args="], text=True)
    fields = [row.split(None, 3) for row in rows.splitlines()]
    return [
        (int(child), command)
        for child, parent, state, command in fields
        if parent == str(pid) and state[0] != "Z"
    ]


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def can_listen(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def test_serve_answers_once_it_says_so(var_dir, port):
    with started(var_dir, port):
        assert get(port) == 200


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_serve_told_to_stop_leaves_nothing(var_dir, port, signum):
    with started(var_dir, port) as site:
        os.kill(site.pid, signum)

        assert site.wait(PATIENCE) == 0
        assert wait_for(lambda: not in_group(site.pid))
        assert can_listen(port)
        assert site.communicate() == ("", "")


def test_ctrl_c_ends_every_process_quietly(var_dir, port):
    with started(var_dir, port, WEB_WORKERS="2") as site:
        assert wait_for(lambda: job_workers(site.pid))
        assert len(in_group(site.pid)) == 4

        os.killpg(site.pid, signal.SIGINT)

        assert site.wait(PATIENCE) == 0
        assert wait_for(lambda: not in_group(site.pid))
        assert site.communicate() == ("", "")


def test_workers_end_with_a_parent_that_was_killed(var_dir, port):
    with started(var_dir, port, WEB_WORKERS="2") as site:
        assert wait_for(lambda: job_workers(site.pid))
        os.kill(site.pid, signal.SIGKILL)

        assert wait_for(lambda: not in_group(site.pid))
        assert can_listen(port)


def test_killed_worker_is_replaced(var_dir, port):
    with started(var_dir, port) as site:
        (worker,) = children(site.pid)

        os.kill(worker, signal.SIGKILL)

        assert wait_for(lambda: children(site.pid) not in ([], [worker]))
        assert wait_for(lambda: not can_listen(port))
        assert get(port) == 200


def test_sighup_replaces_the_worker_and_fails_no_request(var_dir, port):
    with started(var_dir, port) as site:
        before = children(site.pid)
        answers, over = [], threading.Event()
        visitors = [threading.Thread(target=visit, args=[port, answers, over]) for _ in range(4)]
        for visitor in visitors:
            visitor.start()

        os.kill(site.pid, signal.SIGHUP)

        assert wait_for(lambda: not set(before) & set(children(site.pid)))
        over.set()
        for visitor in visitors:
            visitor.join()
        assert set(answers) == {200}


def visit(port, answers, over):
    """Ask again and again, each time by another connection.

    As browsers and proxies do, once more where the server closed one without an answer: a worker
    that ends may have taken a connection which it does not read any more.
    """
    while not over.is_set():
        try:
            answers.append(get(port))
        except http.client.RemoteDisconnected:
            answers.append(get(port))


def test_killed_job_worker_is_replaced(var_dir, port):
    with started(var_dir, port) as site:
        assert wait_for(lambda: job_workers(site.pid))
        (worker,) = job_workers(site.pid)

        os.kill(worker, signal.SIGKILL)

        assert wait_for(lambda: job_workers(site.pid) not in ([], [worker]))


def test_serve_without_worker_runs_no_jobs(var_dir, port):
    with started(var_dir, port, [*MANAGE, "serve", "--no-worker"]) as site:
        assert get(port) == 200
        assert job_workers(site.pid) == []


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_site_ends_with_the_make_that_started_it(var_dir, port, tmp_path, signum):
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec {' '.join(MANAGE)} serve --until-parent-ends\n")
    with started(var_dir, port, ["make", "-f", makefile]) as make:
        make.send_signal(signum)

        assert make.wait(PATIENCE) == -signum
        assert wait_for(lambda: not in_group(make.pid))


def test_serve_on_a_taken_port_is_one_sentence(var_dir):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        result = manage(var_dir, "serve", "--prepare", port=port)

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"Port {port} is taken. Stop the other program or choose another: PORT=9000 make run\n"
    )


def test_serve_does_not_share_the_port_of_another_site(var_dir, port):
    with started(var_dir, port):
        result = manage(var_dir, "serve", port=port)

    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} is taken.")


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "80.5", ""])
def test_serve_on_a_port_that_is_none_is_one_sentence(var_dir, port):
    result = manage(var_dir, "serve", port=port)

    assert result.returncode == 1
    assert result.stderr == f"PORT must be a number from 1 to 65535, not {port!r}.\n"


def test_serve_at_an_address_of_another_machine_is_one_sentence(var_dir):
    result = manage(var_dir, "serve", "--host=192.0.2.1")  # RFC 5737: nobody's

    assert result.returncode == 1
    assert re.fullmatch(r"This machine cannot listen at 192\.0\.2\.1: .+\.\n", result.stderr)


def test_serve_without_a_database_asks_to_prepare(tmp_path, port):
    result = manage(tmp_path, "serve", port=port)

    assert result.returncode == 1
    assert result.stderr == "The database is not up to date. Run `manage.py prepare` first.\n"


def test_serve_without_its_folder_asks_to_prepare(tmp_path, port):
    done = manage(tmp_path / "none", "serve", port=port)

    assert done.returncode == 1
    assert done.stderr == "The database is not up to date. Run `manage.py prepare` first.\n"


@pytest.mark.parametrize(
    ("http_port", "words"),
    [
        ("0", "must be a number from 1 to 65535, not '0'"),
        ("99999", "must be a number from 1 to 65535, not '99999'"),
        ("8000", "https is spoken at port 8000 already; --http-port must be another."),
    ],
)
def test_serve_refuses_a_port_for_http_that_cannot_be(var_dir, http_port, words):
    done = manage(var_dir, "serve", "--https", f"--http-port={http_port}", port="8000")

    assert done.returncode in {1, 2}
    assert done.stderr.splitlines()[-1].endswith(words)


def test_serve_with_a_broken_database_is_one_sentence(tmp_path, port):
    (tmp_path / "db.sqlite3").write_text("This is no database. " * 200)

    result = manage(tmp_path, "serve", port=port)

    assert result.returncode == 1
    assert result.stderr == (
        "The database cannot be used: file is not a database. Check DATABASE_URL in .env, and that"
        " the disk is not full.\n"
    )


def test_missing_secret_is_one_sentence(tmp_path):
    variables = os.environ | {"SECRET_KEY": ""}

    result = subprocess.run(
        [*MANAGE, "serve"], cwd=ROOT, env=variables, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set. ")
    assert result.stderr.count("\n") == 1


def test_develop_refuses_to_run_in_production():
    with pytest.raises(CommandError, match="Use `make dev`"):
        call_command("develop")


def test_develop_prepares_and_reloads(var_dir, port):
    command = [*MANAGE, "shell", "--command", PERSON]
    subprocess.run(command, cwd=ROOT, env=environ(var_dir), check=True)
    process = subprocess.Popen(
        [*MANAGE, "develop"],
        cwd=ROOT,
        env=environ(var_dir, port) | {"DEBUG": "1", "SITE_URL": f"http://127.0.0.1:{port}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert wait_for(lambda: not can_listen(port))
        assert get(port) == 200
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


PERSON = """
from django.contrib.auth import get_user_model
get_user_model().objects.create_user("somebody@example.org", "a long password")
"""


def test_starter_that_starts_other_programs_leaves_the_site_alone(var_dir, port):
    """Whoever starts a program keeps SIGINT blocked for a moment, as a make in its handler does."""
    busy = f"""
import signal, subprocess, time
site = subprocess.Popen({[*MANAGE, "serve", "--until-parent-ends"]!r})
end = time.monotonic() + 6
while time.monotonic() < end:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    time.sleep(0.15)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    time.sleep(0.1)
print("still there" if site.poll() is None else "gone", flush=True)
"""
    with started(var_dir, port, [sys.executable, "-c", busy]) as starter:
        assert starter.stdout.readline() == "still there\n"

        assert starter.wait(PATIENCE) == 0
        assert wait_for(lambda: not in_group(starter.pid))
