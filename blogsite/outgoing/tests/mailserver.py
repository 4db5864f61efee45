"""A mail server of our own on this machine, which can also misbehave."""

import asyncio
import random
import socket
import threading
from collections import Counter
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Server:
    """Takes mail into `box`, unless `answers` has another answer to give.

    `answers` is asked by "RCPT" or "DATA" and the recipient; an answer may be text, or a function
    that is awaited with the session's server.
    """

    def __init__(self, port: int = 0, **options):
        self.box = []  # (recipient, mail as bytes), in the order of arrival
        self.answers = {}
        self.options = options
        self.port = port or free_port()
        self.controller = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *exception) -> None:
        self.stop()

    def start(self) -> None:
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, **({"enable_SMTPUTF8": True} | self.options)
        )
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop(no_assert=True)
            self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = await self.answer("RCPT", address, server)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (recipient,) = envelope.rcpt_tos
        said = await self.answer("DATA", recipient, server)
        if said:
            return said
        self.box.append((recipient, envelope.original_content))
        said = await self.answer("TAKEN", recipient, server)
        return said or "250 Taken"

    async def answer(self, command, recipient, server):
        said = self.answers.get((command, recipient)) or self.answers.get(command)
        return await said(server) if callable(said) else said

    def mails(self):
        return [message_from_bytes(content, policy=policy.default) for _, content in self.box]

    def ids(self) -> Counter:
        """How often each Message-ID came."""
        return Counter(mail["Message-ID"] for mail in self.mails())


async def hang_up(server):
    server.transport.abort()
    await asyncio.sleep(3600)  # the session is cancelled meanwhile


async def fall_silent(server):
    await asyncio.sleep(3600)


class Rude:
    """Speaks as a mail server until the mail itself, and hangs up in the middle of it."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 rude\r\n")
                while line := lines.readline():
                    if line.startswith(b"DATA"):
                        connection.sendall(b"354 Go on\r\n")
                        lines.readline()
                        break
                    connection.sendall(b"250 OK\r\n")

    def __enter__(self) -> "Rude":
        return self

    def __exit__(self, *exception) -> None:
        self.listener.close()


def free_port() -> int:
    """A port that nobody uses. None of those that the system gives to whoever connects somewhere:
    one of many visitors might have it before the program that it is meant for has started."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def use(settings, server) -> None:
    """Let the site of the test send its mail there."""
    settings.MAIL_TRANSPORT = "server"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
