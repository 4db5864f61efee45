"""What a Markdown file says, as the form of a post would send it."""

from django.utils.translation import gettext as _

from posts.drafting.sent import Fields, fields_shown
from posts.importers.dates import parse_date
from posts.importers.fields import Fields as FrontMatter
from posts.importers.people import named_authors
from posts.importers.single import SingleFile
from posts.models import Post
from posts.revisions.comparing import ChangedField, Comparison, blocks_of, changed

# The form's name of a field, and what files call it.
LINES = {
    "title": ["title"],
    "slug": ["slug"],
    "summary": ["summary", "excerpt", "description"],
    "language": ["language", "lang"],
    "canonical_url": ["canonical_url", "canonical"],
    "tested_with": ["tested_with"],
}
FLAGS = {"comments_open": "comments", "noindex": "noindex", "evergreen": "evergreen"}
MOMENTS = {
    "published_at": ["date", "publishdate"],
    "updated_at": ["lastmod"],
    "expires_at": ["expirydate"],
}


class Taken:
    """The fields of `form`, an unbound one, with what `file` says in place of its own.

    What the file does not name stays as it is; `remarks` says what could not be taken.
    """

    def __init__(self, file: SingleFile, form, post: Post | None):
        self.file, self.form, self.post = file, form, post
        self.remarks = []
        self.shown = fields_shown(form)
        self.fields: Fields = {**self.shown, "body": [file.body]}
        self.take_lines(file.fields)
        self.take_flags(file.fields)
        self.take_moments(file.fields)
        self.take_groups(file.fields)
        self.compare_people(file.fields)

    def take_lines(self, said: FrontMatter) -> None:
        for name, keys in LINES.items():
            value = said.raw(*keys)
            if name in self.form.fields and value is not None:
                self.fields[name] = [value if isinstance(value, str) else said.text(*keys)]

    def take_flags(self, said: FrontMatter) -> None:
        for name, key in FLAGS.items():
            flag = said.flag(key)
            if name in self.form.fields and flag is not None:
                self.fields.pop(name, None)
                if flag:
                    self.fields[name] = ["on"]

    def take_moments(self, said: FrontMatter) -> None:
        for name, keys in MOMENTS.items():
            moment = parse_date(said.text(*keys))
            if name == "published_at" and said.flag("draft"):
                moment = None
            elif moment is None:
                continue
            if name in self.form.fields:
                parts = self.form.fields[name].widget.decompress(moment)
                for place, part in enumerate(parts):
                    self.fields[f"{name}_{place}"] = ["" if part is None else str(part)]

    def take_groups(self, said: FrontMatter) -> None:
        tags = said.names("tags", "categories", separator=",")
        if tags and "tag_names" in self.form.fields:
            self.fields["tag_names"] = [", ".join(tags)]
        title = said.text("series")
        if not title or "series" not in self.form.fields:
            return
        rows = self.form.fields["series"].queryset
        series = rows.filter(title=title).first() or rows.filter(slug=title).first()
        if series is None:
            self.remarks.append(_("There is no series “%s” here, so none was taken.") % title[:100])
            return
        self.fields["series"] = [str(series.pk)]
        self.fields["series_part"] = [str(said.number("series_order") or "")]

    def compare_people(self, said: FrontMatter) -> None:
        """Who is named is decided on the page of the post, where it can be seen who is who."""
        names = named_authors(said)
        here = [author.name for author in self.post.author_list] if self.post else []
        if names and self.post and names != here:
            self.remarks.append(_("The file names other authors. Those of the post stay."))
        guid = said.text("guid")
        if guid and self.post and guid != self.post.guid:
            self.remarks.append(_("The file was made from another post."))

    def comparison(self) -> Comparison:
        """What would change, as the revisions show it."""
        before = self.post.body if self.post else ""
        return Comparison(list(self.changes()), list(blocks_of(before, self.file.body)))

    def changes(self):
        for name, field in self.form.fields.items():
            was, now = said_of(self.shown, name), said_of(self.fields, name)
            if name != "body" and was != now:
                yield ChangedField(name, str(field.label), changed(was, now))


def said_of(fields: Fields, name: str) -> str:
    """What the inputs of one field hold, in one line."""
    names = [name, f"{name}_0", f"{name}_1"]
    found = [value for each in names for value in fields.get(each, [])]
    return " ".join(filter(None, found)).replace("\r\n", "\n")
