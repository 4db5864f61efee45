"""A Redis server for tests, which can also hang, forget and come back."""

import secrets
import shutil
import signal
import subprocess
import time

from blogsite.tests.services.places import folder_for, free_port, unprivileged

HOW_TO_GET = "Install Redis for these: apt-get install redis-server"
START_SECONDS = 60


def program() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


class Redis:
    """One server, which starts empty each time unless `keeps`: then as it was when it was stopped."""

    def __init__(self, *, keeps: bool = False):
        self.folder = folder_for("redis")
        self.port = free_port()
        self.password = secrets.token_urlsafe(16)
        self.keeps = keeps
        self.process = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def cache_url(self) -> str:
        """As CACHE_URL has it."""
        return self.url.replace("redis://", "rediscache://")

    def start(self) -> None:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder),
            "requirepass": self.password,
            "appendonly": "no",
            "save": "3600 1" if self.keeps else "",
        }
        self.process = subprocess.Popen(
            [
                program(),
                *(part for name, value in options.items() for part in [f"--{name}", value]),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **unprivileged(),
        )
        self._wait()

    def stop(self) -> None:
        if self.process:
            self.resume()
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def die(self) -> None:
        """With what it had not written to the disk."""
        self.process.kill()
        self.process.wait()

    def hang(self) -> None:
        """It takes connections, as the system does that for it, and answers nobody."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def ask(self, *command):
        """What it answers to `command`, asked past all code of the site."""
        import redis

        with redis.Redis.from_url(self.url) as client:
            return client.execute_command(*command)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        import redis

        end = time.monotonic() + START_SECONDS
        while True:
            try:
                self.ask("PING")
                return
            except redis.ConnectionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
