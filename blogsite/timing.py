"""Where the time of an answer went, for staff: the header Server-Timing, which browsers show."""

import time
from contextlib import ExitStack

from django.conf import settings
from django.db import connections


class Meter:
    """Counts queries and the seconds they take; a wrapper of `connection.execute_wrapper`."""

    def __init__(self):
        self.queries = 0
        self.seconds = 0.0

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - began


def server_timing(get_response):
    """Middleware. Nobody without a session is measured, and nobody but staff is told.

    How long something took can tell what it found.
    """

    def middleware(request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        meter, began = Meter(), time.perf_counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(meter))
            response = get_response(request)
        # Who it is has been asked for by then; if not, it is not worth a query.
        if getattr(getattr(request, "_cached_user", None), "is_staff", False):
            took = time.perf_counter() - began
            response.headers["Server-Timing"] = (
                f'cache;desc="past", app;dur={took * 1000:.1f},'
                f' db;dur={meter.seconds * 1000:.1f};desc="{meter.queries} queries"'
            )
        return response

    return middleware
