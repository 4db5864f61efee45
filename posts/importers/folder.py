"""The folder that is imported: which files it has, and what may be read of it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

MARKDOWN = {".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdwn"}
OTHER_TEXTS = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org mode",
    ".textile": "Textile",
    ".ipynb": "Jupyter",
    ".mdx": "MDX",
    ".html": "HTML",
    ".htm": "HTML",
}
# What generators keep beside the texts: themes, templates, output, packages.
NO_TEXTS = {
    "node_modules", "vendor", "themes", "layouts", "archetypes", "output", "public", "plugins",
    "__pycache__", "i18n", "resources", "dist", "build", "_site",
}  # fmt: skip
JEKYLL_FOLDERS = {"_posts", "_drafts"}
# Names that say nothing about which blog it is; the folder above does.
COMMON_NAMES = {"content", "_posts", "_drafts", "posts", "post", "articles", "blog", "src", "docs"}
CONFIGS = {"_config.yml", "_config.yaml"}
HUGO_CONFIGS = {
    f"{name}.{kind}" for name in ("hugo", "config") for kind in ("toml", "yaml", "yml", "json")
}
# About a folder and not part of what it publishes, unless they have front matter.
ABOUT_THE_FOLDER = {
    "readme", "license", "licence", "contributing", "code_of_conduct", "changelog", "security",
    "authors", "support", "governance",
}  # fmt: skip
MAX_SOURCE = 500  # characters of Post.source


class NoTexts(Exception):
    """The folder holds nothing to import."""


@dataclass
class Folder:
    """A scanned folder. Paths of files are relative to `root`, with forward slashes."""

    root: Path
    name: str  # of the blog
    place: str = ""  # of `root` in the blog: "content/" where that was scanned and not the whole
    is_named: bool = False  # by a person; otherwise the name is that of the blog's own folder
    files: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # file, reason
    style: str = "plain"  # or jekyll, hugo, pelican
    content: str = ""  # the folder that the generator takes its texts from, "" for root

    def inside(self, path: str) -> Path | None:
        """The regular file at `path` below the root; None where there is none, or outside.

        Neither `..` nor a symbolic link leads out of the folder.
        """
        try:
            whole = os.path.realpath(self.root / path)
        except ValueError:  # a NUL, as in `%00`, which no file name holds
            return None
        if not self.contains(whole) or not os.path.isfile(whole):
            return None
        return Path(whole)

    def contains(self, real_path: str) -> bool:
        return real_path.startswith(f"{self.root}{os.sep}")

    @property
    def source_prefix(self) -> str:
        return f"markdown:{self.name}:"

    def source_of(self, path: str) -> str:
        """Which file of which blog: the same from every working directory and after a move."""
        return f"{self.source_prefix}{self.place}{path}"[-MAX_SOURCE:]


def scan(path: str | os.PathLike, name: str = "") -> Folder:
    """List what is in the folder at `path`, of the blog `name` or of one named like the folder.

    Raises FileNotFoundError, NotADirectoryError, PermissionError or NoTexts.
    """
    root = Path(os.path.realpath(path))
    os.listdir(root)  # raises what os.walk would swallow
    home = home_of(root)
    place = "".join(f"{part}/" for part in root.relative_to(home).parts)
    folder = Folder(root, name or home.name, place, is_named=bool(name))
    for file in sorted(walk(folder)):
        folder.files.append(file)
    folder.style, folder.content = recognise(folder)
    choose(folder)
    if not folder.files:
        raise NoTexts(str(root))
    return folder


def home_of(root: Path) -> Path:
    """The blog's own folder: `blog/content` and `blog` are the same blog."""
    while root.name.lower() in COMMON_NAMES and root.parent.name:
        root = root.parent
    return root


def walk(folder: Folder) -> Iterator[str]:
    """All Markdown files; what looks like a text and is none is noted as skipped."""

    def unreadable(error: OSError):
        name = os.path.relpath(error.filename, folder.root)
        folder.skipped.append((name, _("Cannot be read: %s.") % error.strerror))

    for place, directories, names in os.walk(folder.root, onerror=unreadable):
        directories[:] = sorted(name for name in directories if has_texts(name))
        for name in names:
            whole = os.path.join(place, name)
            path = os.path.relpath(whole, folder.root).replace(os.sep, "/")
            if name.startswith((".", "~")):
                continue
            extension = os.path.splitext(name)[1].lower()
            if extension in MARKDOWN:
                if path != printable(path):
                    folder.skipped.append((printable(path), _("Its name is not UTF-8.")))
                elif os.path.islink(whole) and not folder.contains(os.path.realpath(whole)):
                    reason = _("A link to a file outside the folder; it was not followed.")
                    folder.skipped.append((printable(path), reason))
                else:
                    yield path
            elif extension in OTHER_TEXTS and may_be_text(path, extension):
                reason = _("%s is not Markdown.") % OTHER_TEXTS[extension]
                folder.skipped.append((printable(path), reason))


def may_be_text(path: str, extension: str) -> bool:
    """HTML is mostly templates and output; only beside the texts may it be one of them."""
    above = {"_posts", "_drafts", "content"} & set(path.split("/")[:-1])
    return bool(above) or extension not in {".html", ".htm"}


def printable(path: str) -> str:
    """A file name without the surrogates that stand for bytes that are no UTF-8."""
    return path.encode("utf-8", "replace").decode()


def has_texts(directory: str) -> bool:
    if directory in JEKYLL_FOLDERS:
        return True
    return not directory.startswith((".", "_")) and directory not in NO_TEXTS


def recognise(folder: Folder) -> tuple[str, str]:
    """Which generator the folder was made for, and where in it the texts are."""
    names = set(os.listdir(folder.root))
    inside = {part for file in folder.files for part in PurePosixPath(file).parts[:-1]}
    content = "content" if "content" in names and below(folder.files, "content") else ""
    if "pelicanconf.py" in names:
        return "pelican", content
    if JEKYLL_FOLDERS & (inside | {folder.root.name}) or CONFIGS & names:
        return "jekyll", ""
    is_hugo = content or folder.root.name == "content"
    is_hugo = is_hugo or HUGO_CONFIGS & names or (folder.root / "config/_default").is_dir()
    if any(has_pelican_head(folder, file) for file in below(folder.files, content)[:5]):
        return "pelican", content
    return ("hugo", content) if is_hugo else ("plain", "")


def below(files: list[str], directory: str) -> list[str]:
    return [file for file in files if not directory or file.startswith(f"{directory}/")]


def has_pelican_head(folder: Folder, file: str) -> bool:
    path = folder.inside(file)
    if not path:
        return False
    with path.open("rb") as text:
        return bool(re.match(rb"(\xef\xbb\xbf)?title:[ \t]", text.read(40), re.IGNORECASE))


def choose(folder: Folder) -> None:
    """Leave out what the generator would not have published."""
    kept = []
    for file in folder.files:
        reason = why_not(folder, file)
        if reason:
            folder.skipped.append((printable(file), reason))
        else:
            kept.append(file)
    folder.files = kept


def why_not(folder: Folder, file: str) -> str:
    path = PurePosixPath(file)
    if folder.content and path.parts[0] != folder.content:
        return _("It lies outside the folder that the texts are in (%s).") % folder.content
    if (
        len(path.parts) == 1
        and path.stem.lower() in ABOUT_THE_FOLDER
        and not has_head(folder, file)
    ):
        return _("It is about the folder and not part of the blog.")
    in_posts = JEKYLL_FOLDERS & {*path.parts[:-1], folder.root.name}
    if folder.style == "jekyll" and not in_posts and not has_head(folder, file):
        # Jekyll copies such a file as it is.
        return _("It has no front matter and lies outside _posts.")
    return ""


def has_head(folder: Folder, file: str) -> bool:
    path = folder.inside(file)
    if not path:
        return False
    with path.open("rb") as text:
        return text.read(6).removeprefix(b"\xef\xbb\xbf").startswith((b"---", b"+++"))
