from accounts import emergency
from accounts.management.people import person
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Takes away all second steps of a person who lost them; the password stays."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = person(email)
        count = emergency.reset_second_step(user)
        self.say(f"{user.email} has no second step any more; {count} removed.")
