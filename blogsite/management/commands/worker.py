import os
import signal

from django.core.management.base import CommandError

from blogsite import prepare, starter
from blogsite.management.plain import PlainCommand
from blogsite.outgoing import worker


class Command(PlainCommand):
    help = "Runs what is queued: mail, and other work that pages do not wait for."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--until-idle", action="store_true", help="Stop when nothing is due, as for cron."
        )
        parser.add_argument(
            "--parent", type=int, metavar="PID", help="Stop when this parent process ends."
        )

    def handle(self, *, until_idle, parent, **options):
        if prepare.has_unapplied_migrations():
            raise CommandError("The database is not up to date. Run `manage.py prepare` first.")
        if until_idle:
            worker.catch_up()
            return
        stop = Stop()
        # Ctrl-C goes to all processes of a terminal; with a parent, stopping is its business.
        signal.signal(signal.SIGINT, signal.SIG_IGN if parent else stop)
        signal.signal(signal.SIGTERM, stop)
        if parent:
            starter.stop_with(parent)
        if not worker.work(stop.is_asked):
            # A job is still at work. Its row says so, and the next worker runs it again.
            os._exit(0)


class Stop:
    """Remembers a signal. Not an Event, whose lock the interrupted code may hold itself."""

    def __init__(self):
        self.asked = False

    def __call__(self, signum, frame):
        self.asked = True

    def is_asked(self) -> bool:
        return self.asked
