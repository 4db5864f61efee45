from django.core.management.base import CommandError

from accounts import emergency
from accounts.management.people import person
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Ends all sessions of one person, or with --all of everybody."

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?")
        parser.add_argument("--all", action="store_true", help="everybody, the operator as well")

    def handle(self, *, email, all, **options):
        if bool(email) == all:
            raise CommandError("Name one e-mail, or give --all.")
        if all:
            self.say(f"{emergency.sign_out_everybody()} sessions of everybody ended.")
        else:
            user = person(email)
            self.say(f"{emergency.sign_out(user)} sessions of {user.email} ended.")
