from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.fulltext import rebuilding
from blogsite.fulltext.collection import collections
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Compare the index of the search with the texts, or make it anew."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="tell what is out of step")
        what.add_argument("--repair", action="store_true", help="bring in step what is not")
        what.add_argument("--rebuild", action="store_true", help="make all of it anew")
        parser.add_argument("--only", choices=sorted(collections), help="texts of this kind alone")

    def handle(self, *, check, repair, only, **options):
        chosen = [collections[only]] if only else list(collections.values())
        for collection in chosen:
            collection.store.create()
        if check:
            self.compare(chosen)
            return
        for collection in chosen:
            if repair:
                collection.repair()
            else:
                collection.rebuild()
            told = _("%(name)s: %(count)d texts")
            self.stdout.write(told % {"name": collection.name, "count": collection.count()})

    def compare(self, chosen):
        is_right = True
        for collection in chosen:
            found = collection.check()
            is_right &= bool(found)
            self.stdout.write(
                _(
                    "%(name)s: %(right)d right, %(missing)d missing, %(outdated)d outdated,"
                    " %(left_over)d left over"
                )
                % {"name": collection.name, **vars(found)}
            )
            if rebuilding.is_unfinished(collection):
                told = _("%(name)s: making it anew is under way or was cut off; run it once more")
                self.stdout.write(told % {"name": collection.name})
        if not is_right:
            raise CommandError(_("The index is out of step. Run this with --repair."))
