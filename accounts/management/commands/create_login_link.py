from django.core.management.base import CommandError

from accounts import emergency
from accounts.management.people import person
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = (
        "Prints a link that signs a person in once, within 15 minutes, without the password. "
        "A second step is still asked for; see reset_mfa."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = person(email)
        if not user.is_active:
            raise CommandError(f"{user.email} is not active and may not sign in.")
        self.say(emergency.make_login_link(user))
