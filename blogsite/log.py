"""The log of the server: a line that begins with a time was written by the site itself."""

import logging
import re
import time

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """One line for each message, and traces set in below it.

    What visitors and staff type reaches the log inside of other people's messages and exceptions;
    a line break in it must not begin what looks like a record of its own.
    """

    # In UTC, and saying so: logs of several machines are read side by side.
    converter = time.gmtime
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record):
        return CONTROL.sub(lambda sign: repr(sign[0])[1:-1], super().formatMessage(record))

    def formatException(self, ei):
        return "\n".join(f"    {line}" for line in super().formatException(ei).splitlines())
