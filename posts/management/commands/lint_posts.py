import json

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.linting import RULES
from posts.linting.sweeping import UnknownSlug, living, named, published, sweep


class Command(PlainCommand):
    help = (
        "Says what could be mended in published posts and pages, one finding a line. Ends with the "
        "code 1 if any of it would hold back publishing. docs/linting.md has all rules."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these, drafts too")
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--published", action="store_true", help="what readers can see; the default"
        )
        which.add_argument("--all", action="store_true", help="drafts and scheduled texts too")
        parser.add_argument(
            "--rule", action="append", default=[], metavar="RULE", help="only this rule; repeatable"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *, slugs, all, rule, json, **options):
        for name in rule:
            if name not in RULES:
                told = _("There is no rule %(name)s. The rules are: %(all)s")
                raise CommandError(told % {"name": name, "all": ", ".join(RULES)})
        write = as_json if json else as_line
        blocking = 0
        for text, findings in sweep(self.texts(slugs, everything=all)):
            for finding in findings:
                if not rule or finding.rule in rule:
                    self.say(write(text, finding))
                    blocking += finding.blocks
        if blocking:
            raise CommandError(_("%(count)d hold back publishing.") % {"count": blocking})

    def texts(self, slugs, *, everything):
        if not slugs:
            return living() if everything else published()
        try:
            return named(slugs)
        except UnknownSlug as unknown:
            told = _("There is no post and no page with the slug %(slug)s.")
            raise CommandError(told % {"slug": unknown}) from unknown


def as_line(text, finding) -> str:
    line = finding.line or ""
    waived = f" [{_('let through')}: {finding.waived}]" if finding.waived else ""
    return f"{text.slug}:{line} {finding.rule} {finding.message}{waived}"


def as_json(text, finding) -> str:
    found = {
        "kind": text._meta.model_name,
        "slug": text.slug,
        "line": finding.line,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "waived": finding.waived,
    }
    return json.dumps(found, ensure_ascii=False)
