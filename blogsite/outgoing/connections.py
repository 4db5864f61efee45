"""Connections to the network addresses that were checked, and to no other; cut when time is up."""

import os
import socket
import ssl
import threading
import time
from contextlib import suppress

from urllib3.connection import HTTPConnection, HTTPSConnection

from blogsite.outgoing.destinations import Destination

CONNECT_SECONDS = 10  # for each of several addresses


def connection_to(place: Destination, end: float) -> "CheckedConnection":
    """A connection, not open yet. It is cut at `end`, a moment of `time.monotonic()`."""
    seconds = max(0.1, end - time.monotonic())
    if place.scheme == "http":
        connection = CheckedConnection(place.host, place.port, timeout=seconds)
    else:
        trusted = ssl.create_default_context()
        connection = SecureConnection(place.host, place.port, timeout=seconds, ssl_context=trusted)
    connection.place, connection.end = place, end
    return connection


class CheckedConnection(HTTPConnection):
    """Looks up no name: what was checked and what is connected to must be the same."""

    place: Destination
    end: float
    guard: "Guard | None" = None

    def _new_conn(self) -> socket.socket:
        """A socket to the first address that answers; urllib3 calls this to connect."""
        for address in self.place.addresses:
            seconds = min(CONNECT_SECONDS, max(0.1, self.end - time.monotonic()))
            try:
                sock = socket.create_connection((address, self.place.port), seconds)
            except OSError as error:
                problem = error
                continue
            self.guard = Guard(sock, self.end)
            sock.settimeout(max(0.1, self.end - time.monotonic()))
            return sock
        raise problem

    def finish(self) -> None:
        """Close for good. Not in `close`, which is called as soon as the head is read."""
        self.close()
        if self.guard:
            self.guard.dismiss()


class SecureConnection(CheckedConnection, HTTPSConnection):
    """The same over TLS; the certificate must be for the name, not for the address."""


class Guard:
    """Cuts a connection when its time is up.

    A timeout of a socket begins anew with every byte, so a site that sends one now and then would
    keep us for ever.
    """

    def __init__(self, sock: socket.socket, end: float):
        # A second handle on the same connection: TLS takes the first one away.
        self.handle = socket.socket(fileno=os.dup(sock.fileno()))
        self.timer = threading.Timer(max(0, end - time.monotonic()), self.cut)
        self.timer.daemon = True
        self.timer.start()

    def cut(self) -> None:
        with suppress(OSError):  # the other side was quicker
            self.handle.shutdown(socket.SHUT_RDWR)

    def dismiss(self) -> None:
        self.timer.cancel()
        self.timer.join()
        self.handle.close()
