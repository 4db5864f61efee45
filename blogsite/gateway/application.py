"""The RSGI application that the server runs: a WSGI application of Django's in a few threads."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from blogsite.gateway.answers import Answer, Refused
from blogsite.gateway.bodies import Incoming, discard, received
from blogsite.gateway.environ import environ_of
from blogsite.gateway.kept import KeptAnswers

OPEN_SECONDS = 10  # within which the server opens a file that it is told to send


READING = {"GET", "HEAD", "OPTIONS"}


class Gateway:
    """`kept` are finished pages of `application`, for which it need not be asked.

    `looks` says whether it is to look for them: not where the shortcut has done so already.

    Requests that may write have threads of their own: however many of them wait for the database's
    one writer, they never take the place of somebody who only reads.
    """

    def __init__(
        self,
        application: Callable,
        readers: int,
        writers: int,
        most_bytes: int,
        kept: KeptAnswers | None = None,
        looks: bool = True,
    ):
        self.application = application
        self.kept, self.looks = kept, looks
        self.most_bytes = most_bytes
        self.readers = ThreadPoolExecutor(readers, thread_name_prefix="django-reader")
        self.writers = ThreadPoolExecutor(writers, thread_name_prefix="django-writer")

    async def __call__(self, scope, protocol):
        if self.kept is not None:
            reply = self.kept.reply_now(scope) if self.looks else None
            reply = reply or await self.kept.reply_soon(scope)
            if reply is not None:
                protocol.response_bytes(*reply)
                return
        await self._ask(scope, protocol)

    async def _ask(self, scope, protocol) -> None:
        incoming = Incoming(protocol)
        try:
            environ = environ_of(scope)
            environ |= await received(environ, incoming, self.most_bytes)
        except Refused as reason:
            answer = Answer.refusal(reason.status)
        else:
            answer = await self._answer_to(environ)
        if answer.part:
            protocol.response_file_range(answer.status, answer.headers, *answer.part)
        else:
            protocol.response_bytes(answer.status, answer.headers, answer.content)
        if answer.close:
            await asyncio.sleep(OPEN_SECONDS)
            answer.close()
        if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            await discard(incoming)

    async def _answer_to(self, environ: dict) -> Answer:
        """It waits for a free thread as long as it takes; nobody is refused for want of one."""
        loop = asyncio.get_running_loop()
        threads = self.readers if environ["REQUEST_METHOD"] in READING else self.writers
        try:
            return await loop.run_in_executor(threads, Answer.of, self.application, environ)
        finally:
            environ["wsgi.input"].close()
