"""Django's makemessages, which also finds the sentences in Jinja2's templates."""

from pathlib import Path

from django.core.management.commands import makemessages
from django.template import engines

from blogsite.jinja import SUFFIX


class BuildFile(makemessages.BuildFile):
    """xgettext reads Python, so for it a template of Jinja2 is the calls that it would make."""

    def preprocess(self):
        if not self.path.endswith(SUFFIX):
            return super().preprocess()
        calls = as_python(Path(self.path).read_text(encoding="utf-8"))
        return Path(self.work_path).write_text(calls, encoding="utf-8")


class Command(makemessages.Command):
    build_file_class = BuildFile

    def handle(self, *args, **options):
        options["extensions"] = options["extensions"] or ["html", "txt", "py", SUFFIX.lstrip(".")]
        super().handle(*args, **options)


def as_python(source: str) -> str:
    """Calls of gettext and ngettext, each on the line where the template has its sentence."""
    lines: dict[int, list[str]] = {}
    for number, function, sentences in engines["readers"].env.extract_translations(source):
        sentences = [sentences] if isinstance(sentences, str) else list(sentences)
        known = [repr(each) for each in sentences if each is not None]
        count = ", 0" if function == "ngettext" else ""
        lines.setdefault(number, []).append(f"{function}({', '.join(known)}{count})")
    return "\n".join("; ".join(lines.get(n, [])) for n in range(1, max(lines, default=0) + 1))
