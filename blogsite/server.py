"""The production server: Granian with workers under one parent process, each behind a gateway."""

import ctypes
import errno
import gc
import logging
import multiprocessing
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.net import SocketSpec

from blogsite.companion import Companion
from blogsite.gateway import shortcut
from blogsite.gateway.application import Gateway
from blogsite.gateway.kept import KeptAnswers
from blogsite.interrupts import deaf_to_ctrl_c
from blogsite.tls.pair import Pair, Unusable

# Threads of Django. Python runs one of them at a time, so they add no speed; measured, they cost
# none either. They are there to wait: for SQLite's one writer, for the disk. They start as they are
# needed. A page that is being made takes 1.5 MB, so pages are made by fewer.
READERS, WRITERS = 12, 20
# glibc's M_ARENA_MAX of mallopt(3), and how many heaps all threads share; with two, 10,000 pages
# left 25 MB less behind, and took no longer.
M_ARENA_MAX, ARENAS = -8, 2
# At once, for each process; each is a little memory. Behind a proxy they are few.
CONNECTIONS = 2048
BACKLOG = 1024  # connections the system holds beyond those
OPEN_FILES = 8192  # each connection is one, and what it is sent may be another
HEADER_SECONDS = 15  # that a visitor may take over the headers, and rest between two requests
HEADER_BYTES = 64 * 1024  # browsers send two or three thousand; more is answered by 431
STREAMS = 100  # requests at once in one connection of HTTP/2, as its standard advises
# That a reader may read next to nothing of what is sent; then it is sent away. The server itself
# would wait for ever, so the system counts: the connection ends when it gets rid of no packet.
READ_SECONDS = 60
STOP_SECONDS = 30  # a running request may take this long to finish when the site stops
# Workers that end by themselves, within a minute, before it looks as if none can live. A system
# short of memory kills a few in a row.
MOST_DEATHS = 10
log = logging.getLogger(__name__)


class CannotListen(Exception):
    """One sentence on why the address cannot be used."""


class Alarm:
    """What Granian's parent waits for, in place of its `threading.Event`.

    A signal that comes just as a thread begins to wait for an Event is handled only when the wait
    ends, which would be never; and the handler would take a lock that its own thread may hold.
    """

    def __init__(self):
        self.rings = False

    def set(self) -> None:
        self.rings = True

    def clear(self) -> None:
        self.rings = False

    def wait(self) -> None:
        while not self.rings:
            time.sleep(0.1)


class Server(Granian):
    """Granian with more patience: it would give up at the second death within six seconds.

    `look_again` is called before a reload, which Unusable prevents.
    """

    def __init__(self, *arguments, look_again: Callable[[], object], **options):
        super().__init__(*arguments, **options)
        self.main_loop_interrupt = Alarm()
        self.deaths = []  # moments of the last minute
        self.look_again = look_again

    def _init_shared_socket(self):
        """One socket for all workers, those that come later too.

        With one socket each, as Granian has them on Linux, a worker that is replaced would take
        the connections with it that wait for it.
        """
        self._shd = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._sfd = self._shd.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)
        # Of each connection that comes by it. Only Linux has it; elsewhere a reader may rest.
        if timeout := getattr(socket, "TCP_USER_TIMEOUT", None):
            self._sso.setsockopt(socket.IPPROTO_TCP, timeout, READ_SECONDS * 1000)

    def _reload(self, *arguments, **options):
        try:
            self.look_again()
        except Unusable as problem:
            log.error("Not reloaded, and still serving: %s", problem)
            self.reload_signal = False
            self.main_loop_interrupt.clear()
            return
        super()._reload(*arguments, **options)

    def _spawn_workers(self, *arguments, **options):
        with deaf_to_ctrl_c():
            super()._spawn_workers(*arguments, **options)

    def _respawn_workers(self, workers, *arguments, **options):
        with deaf_to_ctrl_c():
            super()._respawn_workers(workers, *arguments, **options)
        now = time.monotonic()
        self.deaths = [each for each in self.deaths if each > now - 60] + [now] * len(workers)
        if len(self.deaths) < MOST_DEATHS:
            self.respawned_wrks.clear()


def check_address(host: str, port: int) -> None:
    """Raise CannotListen unless a server could listen at `host`:`port` now.

    Granian shares its port between workers, so two whole sites could share one unnoticed; this
    asks for the port alone.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As every server does: connections that were just closed do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        raise CannotListen(_sentence(error, host, port)) from error


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken. Stop the other program or choose another:"
            f" PORT={9000 if port != 9000 else 9001} make run"
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"Port {port} needs more rights than you have. Choose one above 1023: PORT=9000 make run"
    return f"This machine cannot listen at {host}: {(error.strerror or str(error)).lower()}."


@dataclass(frozen=True)
class Place:
    """Where a site listens, and how. `find_pair` gives the certificate if that is by https.

    It is called again at each SIGHUP, and raises Unusable.
    """

    host: str
    port: int
    find_pair: Callable[[], Pair] | None = None


def serve(
    place: Place, workers: int, announce: Callable[[], None], *, with_jobs: bool = True
) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is called when the first request can come.

    SIGHUP replaces the workers one by one, so that they read a renewed certificate. `with_jobs`
    runs a job worker as well. Raises Unusable for a bad certificate, and SystemExit(1) when the
    workers that answer requests cannot be kept alive.
    """
    pair = place.find_pair() if place.find_pair else None
    # A database connection must not be shared between processes.
    _close_connections()
    _allow_many_connections()
    server = Server(
        "blogsite.wsgi:application",
        address=place.host,
        port=place.port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,  # see docs/decisions/0008
        # Without TLS, browsers and proxies speak HTTP/1.1; with it, they choose.
        http=HTTPModes.auto if pair else HTTPModes.http1,
        ssl_cert=pair.certificate if pair else None,
        ssl_key=pair.key if pair else None,
        ssl_protocol_min=SSLProtocols.tls12,
        look_again=place.find_pair or (lambda: None),
        websockets=False,
        workers=workers,
        backpressure=CONNECTIONS,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=HEADER_BYTES
        ),
        http2_settings=HTTP2Settings(
            max_concurrent_streams=STREAMS,
            max_headers_size=HEADER_BYTES,
            keep_alive_interval=HEADER_SECONDS * 1000,
        ),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    # It stops at the same signal as the others, not after them.
    companion = Companion(told_to_stop=lambda: server.interrupt_signal)

    def listening():
        announce()
        if with_jobs:
            companion.start()

    server.on_startup(lambda: _in_background(_announce_when_listening, place, listening))
    try:
        server.serve(target_loader=_load_application, wrap_loader=False)
    finally:
        companion.stop()


def _close_connections() -> None:
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):  # PostgreSQL's keeps them open
            connection.close_pool()


def _allow_many_connections() -> None:
    """Raise the number of files this process may open, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError):  # a container may forbid it; then there are fewer
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _announce_when_listening(place: Place, announce: Callable[[], None]) -> None:
    while True:
        try:
            with socket.create_connection((_reachable(place.host), place.port), timeout=1):
                break
        except OSError:
            time.sleep(0.02)
    announce()


def _reachable(host: str) -> str:
    """The address to knock at when a server listens at `host`: "all" is not an address."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound


def _load_application():
    """The application, in a worker process."""
    # Until Granian's own handlers are in place, those of the parent would swallow its SIGTERM.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _in_background(_stop_with_parent)

    from blogsite.pagecache.counters import counters
    from blogsite.wsgi import application

    _allocate_together()
    # What is loaded by now stays: nobody need look for garbage in it again and again.
    gc.collect()
    gc.freeze()
    kept, has_looked = None, False
    if application.is_on:
        may_look = counters().is_local  # the event loop never waits for Redis
        kept = KeptAnswers(application, bool(settings.TRUSTED_PROXIES), may_look)
        has_looked = not may_look or shortcut.take(kept)
    limit = settings.REQUEST_MAX_BYTES
    return Gateway(application, READERS, WRITERS, limit, kept, looks=not has_looked)


def _allocate_together() -> None:
    """Have the threads share what they free: glibc gives each a heap of its own to hoard in."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def _stop_with_parent() -> None:
    """End this worker when its parent is gone, even if that was killed outright.

    Otherwise it would go on holding the port, with nobody left to stop it.
    """
    multiprocessing.parent_process().join()
    os.kill(os.getpid(), signal.SIGTERM)


def _in_background(function: Callable, *arguments) -> None:
    threading.Thread(target=function, args=arguments, daemon=True).start()
