"""Commands whose failures an operator can mend, told in one sentence and without a trace."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from blogsite.audit.recording import acting_as


class PlainCommand(BaseCommand):
    """Failing disks and databases become CommandError, and on the terminal just its words.

    Ctrl-C, and a reader such as `head` that has had enough, end the command quietly, with the
    exit codes that shells expect of it. What it does is recorded under its name.
    """

    def execute(self, *args, **options):
        try:
            with acting_as(f"manage.py {self.__module__.rpartition('.')[2]}"):
                return self._execute(*args, **options)
        except KeyboardInterrupt:
            sys.exit(130)
        except BrokenPipeError:
            # Python would try to write the rest at its end, and complain again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(141)
        except CommandError as error:
            if not self._called_from_command_line:
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def _execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except BrokenPipeError:
            raise
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            where = f" {error.filename}" if error.filename else " a file"
            raise CommandError(
                f"Cannot use{where}: {reason}. The site must be able to write there (VAR_DIR and"
                " MEDIA_ROOT in .env say where), and the disk must not be full."
            ) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used: {str(error).strip()}. Check DATABASE_URL in .env,"
                " and that the disk is not full."
            ) from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # the reader may be a pipe
