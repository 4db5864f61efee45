"""Look inside the kept pages, or throw them away."""

import json
import time
import urllib.error
import urllib.request
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from blogsite.pagecache import activity, explaining, touch
from blogsite.pagecache.counters import EVERYTHING, counters, slot_of
from blogsite.pagecache.noting import TABLE

SECONDS = 10  # that the site may take to answer
MOST_TABLES = 10


class Command(BaseCommand):
    help = (
        "Shows how often pages were kept, and which tables change; --explain tells of one address."
    )

    def add_arguments(self, parser):
        parser.add_argument("--clear", action="store_true", help="have every page made anew")
        parser.add_argument(
            "--explain", metavar="PATH", help="ask the running site how it answers this path"
        )

    def handle(self, *, clear, explain, **options):
        if clear:
            touch(EVERYTHING)
            self.stdout.write("Every page will be made anew.")
        elif explain:
            self.explain(explain)
        else:
            self.show_processes()
            self.show_tables()

    def show_processes(self):
        rows = [row for row in activity.of_all() if any(row.numbers.values())]
        if not rows:
            self.stdout.write("No process keeps pages now.")
            return
        self.stdout.write("".join(f"{name:>10}" for name in ["process", *activity.KINDS]))
        for row in rows:
            self.stdout.write("".join(f"{n:>10}" for n in [row.process, *row.numbers.values()]))

    def show_tables(self):
        """Tables share counters, so that one that is named may stand for another."""
        counted = counters()
        if not counted.is_local:
            self.stdout.write("\nChanges are counted in Redis.")
            return
        epoch = counted.epoch
        self.stdout.write(f"\n{epoch} changes so far. Changes ago, for each table:")
        moved = {
            table: epoch - counted.numbers[slot_of(TABLE + table)]
            for table in connection.introspection.table_names()
        }
        for table, ago in sorted(moved.items(), key=lambda pair: pair[1])[:MOST_TABLES]:
            if ago < epoch:
                self.stdout.write(f"{ago:>10}  {table}")

    def explain(self, path: str):
        if not path.startswith("/"):
            raise CommandError(f"A path begins with a slash: /{path}")
        began = time.perf_counter()
        said = ask(path)
        self.stdout.write(json.dumps(said, indent=2, ensure_ascii=False))
        self.stdout.write(f"Asked {settings.SITE_URL}, in {time.perf_counter() - began:.3f} s.")


def ask(path: str) -> dict:
    """What the running site says of `path`; one process of it, where it has several."""
    request = urllib.request.Request(  # noqa: S310 - the address of this site
        settings.SITE_URL + quote(path, safe="/?&=%+~:;,@!$'()*"),
        headers={"Authorization": explaining.authorization_for(unquote(path))},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise CommandError(f"{settings.SITE_URL} answered {error.code}.") from error
    except (OSError, ValueError) as error:
        raise CommandError(
            f"{settings.SITE_URL} cannot be asked ({error}). Is the site running, with the same key?"
        ) from error
