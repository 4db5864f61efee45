"""A PostgreSQL server for tests, made by initdb of the programs that are installed."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from blogsite.tests.services.places import folder_for, free_port, unprivileged

HOW_TO_GET = "Install PostgreSQL for these: apt-get install postgresql"
# What the tests store need not outlive them.
CAREFREE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "autovacuum": "on",
}


def programs() -> Path | None:
    """The folder of the newest installed; Debian keeps them off the PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Postgres:
    """One server; its data are kept over `stop` and `start`, until `remove`."""

    def __init__(self):
        self.programs = programs()
        self.folder = folder_for("postgres")
        self.port = free_port()
        self.password = secrets.token_urlsafe(16)
        self.process = None
        self._make()
        self.start()

    def url(self, database: str = "postgres") -> str:
        return f"postgres://tests:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        log = self.folder / "log"
        with log.open("a") as output:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-p", str(self.port)]
                + [f"--{name}={value}" for name, value in self.settings.items()],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop it
                **unprivileged(),
            )
        self._run("pg_isready", *self._address, tries=300, why=log)

    def stop(self, how: int = signal.SIGINT) -> None:
        """By default the fast way: connections are ended, and what they had not committed."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    def create(self, database: str) -> str:
        """The address of a new and empty database."""
        self._run("createdb", *self._address, "-U", "tests", database)
        return self.url(database)

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- How --------------------------------------------------------------------

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def settings(self) -> dict[str, str]:
        return CAREFREE | {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
        }

    @property
    def _address(self) -> list[str]:
        return ["-h", "127.0.0.1", "-p", str(self.port)]

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)  # for the server's user; the folder is nobody's else
        self._run(
            "initdb",
            *["-D", self.data, "-U", "tests", "--auth=scram-sha-256", "--pwfile", secret],
            *["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        )

    def _run(self, program: str, *arguments, tries: int = 1, why: Path | None = None) -> None:
        for _ in range(tries):
            done = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                **unprivileged(),
            )
            if done.returncode == 0:
                return
            if tries > 1:
                time.sleep(0.1)
        raise RuntimeError(why.read_text() if why else done.stderr)
