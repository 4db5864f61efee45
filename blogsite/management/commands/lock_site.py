from blogsite.management.plain import PlainCommand
from blogsite.readonly import state


class Command(PlainCommand):
    help = "Lets everybody read and nobody write, or opens the site again."

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--read-only", action="store_true", help="take nothing from anybody")
        which.add_argument("--open", action="store_true", help="take everything again")
        parser.add_argument(
            "--except-staff", action="store_true", help="with --read-only: staff may still write"
        )

    def handle(self, *, read_only, except_staff, **options):
        if not read_only:
            state.open_again()
            self.say("The site is open.")
        else:
            state.close(except_staff=except_staff)
            whom = "staff alone may write" if except_staff else "nobody may write"
            self.say(f"The site is read-only; {whom}.")
