from accounts.second_step.resealing import reseal_all
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = (
        "Seals the secrets of second steps with the secret key of now, so that the former one can"
        " be taken out of SECRET_KEY_FALLBACKS."
    )

    def handle(self, **options):
        self.say(f"{reseal_all()} sealed anew.")
