"""The ASGI application that the server runs: a WSGI application of Django's in a few threads."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from blogsite.gateway.answers import Answer
from blogsite.gateway.bodies import NotReceived, received
from blogsite.gateway.environ import environ_of

READ_SECONDS = 60  # that a reader may take over one block of a file; then it is not read at all
FILE_THREADS = 8  # they read from the disk, and so never wait for long


class Gateway:
    def __init__(self, application: Callable, threads: int, most_bytes: int):
        self.application = application
        self.most_bytes = most_bytes
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self.file_threads = ThreadPoolExecutor(FILE_THREADS, thread_name_prefix="file")

    async def __call__(self, scope, receive, send):
        environ = environ_of(scope)
        try:
            environ |= await received(environ, receive, self.most_bytes)
        except NotReceived as reason:
            answer = Answer.refusal(reason.status)
        else:
            answer = await self._in(self.threads, Answer.of, self.application, environ)
        try:
            await self._deliver(answer, send)
        finally:
            environ["wsgi.input"].close()

    async def _deliver(self, answer: Answer, send) -> None:
        headers = [(name.lower().encode(), text.encode("latin-1")) for name, text in answer.headers]
        start = {"type": "http.response.start", "status": answer.status, "headers": headers}
        await send(start)
        await send(_block(answer.content, more=answer.rest is not None))
        if answer.rest is None:
            return
        try:
            await self._send_rest(answer, send)
        except TimeoutError:
            pass  # a reader who does not read: the server closes the connection
        finally:
            await self._in(self.file_threads, answer.close)

    async def _send_rest(self, answer: Answer, send) -> None:
        while block := await self._in(self.file_threads, answer.next_block):
            async with asyncio.timeout(READ_SECONDS):
                await send(_block(block, more=True))
        await send(_block(b"", more=False))

    async def _in(self, threads: ThreadPoolExecutor, function: Callable, *arguments):
        return await asyncio.get_running_loop().run_in_executor(threads, function, *arguments)


def _block(content: bytes, *, more: bool) -> dict:
    return {"type": "http.response.body", "body": content, "more_body": more}
