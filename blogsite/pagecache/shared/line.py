"""To Redis and back, within a time limit; nobody waits for a Redis that is known to be away."""

import logging
import threading
import time
from collections import deque
from hashlib import sha1
from typing import Any, NamedTuple

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

ANSWER_SECONDS = 0.25  # on one network it takes a thousandth
# So long after a failure nobody asks again, and then one does first. A page made anew takes some
# milliseconds; a visitor who waits for a Redis that hangs, fifty times that.
PAUSE_SECONDS = 2
log = logging.getLogger(__name__)


class Away(Exception):
    """Redis is not there, did not answer in time, or cannot do what it was asked for."""


class Script(NamedTuple):
    text: str
    digest: str

    @classmethod
    def of(cls, text: str) -> "Script":
        return cls(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


class Outage:
    """Whether Redis is away, as far as this process knows. `count` is how often it was found so."""

    def __init__(self):
        self.mutex = threading.Lock()
        self.count = 0
        self.is_on = False
        self.asks_again_at = 0.0

    def raise_if_on(self) -> None:
        """Raise Away, unless it is time that somebody tries; then that is the caller alone."""
        if not self.is_on:
            return
        with self.mutex:
            if time.monotonic() < self.asks_again_at:
                raise Away
            self.asks_again_at = time.monotonic() + PAUSE_SECONDS

    def begin(self, error: Exception) -> None:
        with self.mutex:
            self.count += 1
            self.asks_again_at = time.monotonic() + PAUSE_SECONDS
            was_on, self.is_on = self.is_on, True
        if not was_on:
            log.warning("Redis is away, so pages are made anew until it is back: %s", error)

    def end(self) -> None:
        if self.is_on:
            self.is_on = False
            log.warning("Redis is back")


class Line:
    """Connections to the Redis at `url`, as many as there are askers at once."""

    def __init__(self, url: str):
        pool = redis.ConnectionPool.from_url(url)  # it reads addresses; the rest is done here
        self.kind = pool.connection_class
        self.options = pool.connection_kwargs | {
            "socket_timeout": ANSWER_SECONDS,
            "socket_connect_timeout": ANSWER_SECONDS,
            "retry": Retry(NoBackoff(), 0),
            "protocol": 2,
        }
        self.idle: deque = deque()
        self.outage = Outage()

    def ask(self, script: Script, keys: list[str], *values, insists: bool = False):
        """Which server answered, by a name that no restart of it shares, and what.

        Raises Away. Who `insists` asks even if Redis was away a moment ago.
        """
        if not insists:
            self.outage.raise_if_on()
        command = [len(keys), *keys, *values]
        try:
            answer = self._ask(script, command)
        except (redis.RedisError, OSError) as error:
            self.idle.clear()
            self.outage.begin(error)
            raise Away from error
        self.outage.end()
        return answer

    def _ask(self, script: Script, command: list) -> tuple[str, Any]:
        try:
            connection = self.idle.pop()
        except IndexError:
            return self._ask_by(self._connect(), script, command)
        try:
            return self._ask_by(connection, script, command)
        except (redis.ConnectionError, OSError):
            # It was closed while nobody used it, and so may be all others.
            self.idle.clear()
            return self._ask_by(self._connect(), script, command)

    def _ask_by(self, connection, script: Script, command: list) -> tuple[str, Any]:
        try:
            connection.send_command("EVALSHA", script.digest, *command)
            try:
                answer = connection.read_response()
            except redis.exceptions.NoScriptError:
                connection.send_command("EVAL", script.text, *command)
                answer = connection.read_response()
        except BaseException:
            connection.disconnect()
            raise
        self.idle.append(connection)
        return connection.server, answer

    def _connect(self):
        connection = self.kind(**self.options)
        try:
            connection.connect()
            connection.send_command("INFO", "server")
            told = connection.read_response().decode().splitlines()
        except BaseException:
            connection.disconnect()
            raise
        connection.server = next(line for line in told if line.startswith("run_id:"))
        return connection
