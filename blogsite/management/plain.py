"""Failures an operator can mend, told in one sentence and without a trace."""

import functools
import sys

from django.core.management.base import CommandError
from django.db import DatabaseError


def in_one_sentence(handle):
    """Wrap a command's `handle()`: failing disks and databases become CommandError.

    Ctrl-C ends the command quietly, with the exit code that shells expect of it.
    """

    @functools.wraps(handle)
    def wrapped(*args, **kwargs):
        try:
            return handle(*args, **kwargs)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            where = f" {error.filename}" if error.filename else ""
            raise CommandError(
                f"Cannot use{where}: {reason}. The site must be able to write there"
                " (VAR_DIR and MEDIA_ROOT in .env say where), and the disk must not be full."
            ) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {str(error).strip()}. Check DATABASE_URL in .env,"
                " and that the disk is not full."
            ) from error
        except KeyboardInterrupt:
            sys.exit(130)

    return wrapped
