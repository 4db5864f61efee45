from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.linkcheck import broken_links, checking, gathering
from posts.models import ExternalLink


class Command(PlainCommand):
    help = (
        "Asks other sites whether what published texts link to is still there: what is due, or "
        "with --now everything. Never more than one request a second to a site."
    )

    def add_arguments(self, parser):
        parser.add_argument("--now", action="store_true", help="also what is not due yet")

    def handle(self, *, now, **options):
        gathering.gather()
        links = ExternalLink.objects.order_by("pk") if now else checking.due_links()
        asked = 0
        for link in checking.check_links(links.iterator()):
            asked += 1
            if link.problem:
                self.say(f"{link.address} {link.problem}")
        found = {"asked": asked, "broken": broken_links().count()}
        self.say(_("%(asked)d asked, %(broken)d broken") % found)
