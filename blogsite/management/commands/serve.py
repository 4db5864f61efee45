from django.conf import settings
from django.core.management.base import CommandError

from blogsite import prepare, server, starter
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Serves the site with the production server, and runs its jobs."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--host", default="127.0.0.1", help="Address to listen at; 0.0.0.0 for all."
        )
        parser.add_argument("--prepare", action="store_true", help="Run `prepare` first.")
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="Run no jobs here; `manage.py worker` does, somewhere else.",
        )
        parser.add_argument(
            "--until-parent-ends",
            action="store_true",
            help="Stop when the program that started this one ends or is interrupted.",
        )

    def handle(self, *, host, until_parent_ends, **options):
        if settings.DEBUG:
            raise CommandError(
                "DEBUG=1 shows everyone the insides of the site, so `serve` does not start with it."
                " Use `make dev`, or take DEBUG out of .env."
            )
        if until_parent_ends:
            starter.stop_with_starter()
        try:
            # Before anything else: a site that cannot be served need not be prepared.
            server.check_address(host, settings.PORT)
        except server.CannotListen as error:
            raise CommandError(error) from error
        if options["prepare"]:
            prepare.prepare(self.say)
        elif prepare.has_unapplied_migrations():
            raise CommandError("The database is not up to date. Run `manage.py prepare` first.")
        server.serve(
            host,
            settings.PORT,
            settings.WEB_WORKERS,
            lambda: self.say(serving(host)),
            with_jobs=not options["no_worker"],
        )


def serving(host):
    name = f"[{host}]" if ":" in host else host
    return f"Serving http://{name}:{settings.PORT}/"
