import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from blogsite import prepare, server
from blogsite.companion import Companion
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Serves the site for working on it, and starts again whenever the code changes."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("This server is for development only. Use `make dev`, or DEBUG=1.")
        # The reloader runs this command once more in the process that serves.
        if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            try:
                server.check_address("127.0.0.1", settings.PORT)
            except server.CannotListen as error:
                raise CommandError(error) from error
            prepare.prepare(self.say)
        else:
            # Ends with this process, so that a change of the code reloads it, too.
            Companion().start()
        call_command("runserver", f"127.0.0.1:{settings.PORT}")
