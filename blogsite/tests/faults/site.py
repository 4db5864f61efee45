"""A whole site as a program: started as an operator does, killed as the world does."""

import http.client
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings

from blogsite.outgoing.tests.mailserver import free_port

START_SECONDS = 180  # until a site answers that starts on a busy machine; it takes about 3
PATIENCE = 60  # seconds until something that does not happen is a failure; it takes far less
FURNISH = "from blogsite.tests.faults.furniture import furnish; furnish()"


class Site:
    """Its data lie in `folder`; `variables` are those of its environment."""

    def __init__(self, folder: Path, **variables: str):
        self.folder = folder
        self.log_path = folder.with_name(f"{folder.name}.log")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.variables = variables
        self.process = None

    # --- As a program -----------------------------------------------------------------

    def prepare(self) -> None:
        """Make its tables, its static files and what furniture.py puts into it."""
        (self.folder / "static").mkdir(parents=True)
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--no-input", "--verbosity=0")
        self.manage("shell", "--verbosity=0", "--command", FURNISH)

    def copy_of(self, template: "Site") -> "Site":
        shutil.copytree(template.folder, self.folder, dirs_exist_ok=True)
        return self

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "PORT": str(self.port),
            "SITE_URL": self.address,
            "TRUSTED_PROXIES": "127.0.0.1",  # so that each visitor can have an address
        }
        return os.environ | own | self.variables

    @property
    def database(self) -> Path:
        return self.folder / "db.sqlite3"

    def start(self) -> None:
        with self.log_path.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--until-parent-ends"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that all of it can be killed at once
            )
        self.wait_until_up()

    @property
    def log(self) -> str:
        return self.log_path.read_text() if self.log_path.exists() else ""

    def kill(self) -> None:
        """SIGKILL to the parent, the web workers and the job worker, all at once."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            wait_for(lambda: not self.processes(), "the end of the killed processes")
            self.process = None

    def processes(self, kind: str = "") -> list[int]:
        """Ids of its processes; of the "web" workers or the "job" worker alone, if named."""
        table = subprocess.check_output(
            ["ps", "-ww", "-eo", "pid=,ppid=,pgid=,stat=,args="], text=True
        )
        rows = [line.split(None, 4) for line in table.splitlines()]
        own = [row for row in rows if row[2] == str(self.process.pid) and row[3][0] != "Z"]
        if not kind:
            return [int(row[0]) for row in own]
        children = [row for row in own if row[1] == str(self.process.pid)]
        return [int(row[0]) for row in children if ("--parent" in row[4]) == (kind == "job")]

    # --- As a visitor sees it ---------------------------------------------------------

    def ask(self, method: str, path: str, body: str = "", headers=None, timeout=PATIENCE):
        """Status, headers and text of one answer; OSError or HTTPException where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with closing(connection):
            connection.request(method, path, body.encode() or None, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()

    def status_of(self, path: str) -> int:
        try:
            return self.ask("GET", path)[0]
        except (OSError, http.client.HTTPException):
            return 0

    def wait_until_up(self) -> None:
        wait_for(lambda: self.status_of("/") == 200, "an answer", patience=START_SECONDS)

    # --- From below -------------------------------------------------------------------

    def rows(self, sql: str, *values) -> list[tuple]:
        """What its database holds, read past all code of the site."""
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as connection:
            found = connection.execute(sql, values).fetchall()
            connection.commit()
            return found

    def hasten(self) -> None:
        """Let jobs that wait for their next attempt wait no more."""
        self.rows(
            "UPDATE django_tasks_database_dbtaskresult"
            " SET run_after = datetime('now', '-1 minute') WHERE status = 'READY'"
        )

    def unfinished(self) -> list[tuple]:
        return self.rows(
            "SELECT task_path, args_kwargs, status, traceback"
            " FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
        )

    def wait_until_idle(self) -> None:
        """Until every job has ended. What waits for another attempt need not wait long."""
        left = self.unfinished()
        while left:
            before = len(left)
            try:
                wait_for(lambda before=before: self.fewer_than(before), "fewer jobs")
            except AssertionError:
                raise AssertionError(f"Unfinished: {self.unfinished()}") from None
            left = self.unfinished()

    def fewer_than(self, count: int) -> bool:
        self.hasten()
        return len(self.unfinished()) < count


def wait_for(
    condition: Callable[[], object], what: str, pause: float = 0.1, patience: float = PATIENCE
):
    """What `condition` returns, as soon as it is true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(pause)
    raise AssertionError(f"Waited in vain for {what}")
