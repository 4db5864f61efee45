import sys

from blogsite import doctor
from blogsite.doctor import report
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Says what is unsafe or unfinished about this site. Exit code 1 if something is unsafe."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="For programs.")

    def handle(self, *, json, **options):
        findings = doctor.examine()
        self.say(report.as_json(findings) if json else report.as_text(findings))
        if any(each.grade == doctor.Grade.UNSAFE for each in findings):
            sys.exit(1)
