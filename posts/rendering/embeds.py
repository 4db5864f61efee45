"""A video or deck address alone in a paragraph becomes a box that loads on click only."""

import re
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/"
    r"(?:watch\?(?:[^#\s]{0,200}?&)?v=|shorts/|live/|embed/)|youtu\.be/)(?P<id>[\w-]{11})(?![\w-])",
    re.ASCII,
)
YOUTUBE_START = re.compile(
    r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?(?![\w])", re.ASCII
)
VIMEO = re.compile(
    r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>\d{1,15})"
    r"(?:/(?P<hash>[0-9a-f]{6,20}))?/?(?:[?#]\S*)?\Z",
    re.ASCII,
)
SPEAKERDECK_PLAYER = re.compile(
    r"https?://speakerdeck\.com/player/(?P<id>[0-9a-f]{16,40})/?(?:[?#]\S*)?\Z"
)
SPEAKERDECK = re.compile(
    r"https?://(?:www\.)?speakerdeck\.com/[\w-]{1,60}/[\w-]{1,200}/?(?:[?#]\S*)?\Z", re.ASCII
)
# What may stand in data-embed: the sanitiser lets nothing else through.
PLAYERS = re.compile(
    r"https://(?:www\.youtube-nocookie\.com/embed/[\w-]{11}(?:\?start=\d+)?"
    r"|player\.vimeo\.com/video/\d+\?dnt=1(?:&h=[0-9a-f]+)?"
    r"|speakerdeck\.com/player/[0-9a-f]+)\Z",
    re.ASCII,
)


@dataclass(frozen=True)
class Embed:
    provider: str
    name: str
    player: str = ""  # empty where the player's address cannot be told from the link


def find_embed(url: str) -> Embed | None:
    """The box that `url` asks for, or None for an ordinary link."""
    if match := YOUTUBE.match(url):
        player = f"https://www.youtube-nocookie.com/embed/{match['id']}{_start(url)}"
        return Embed("youtube", "YouTube", player)
    if match := VIMEO.match(url):
        private = f"&h={match['hash']}" if match["hash"] else ""
        player = f"https://player.vimeo.com/video/{match['id']}?dnt=1{private}"
        return Embed("vimeo", "Vimeo", player)
    if match := SPEAKERDECK_PLAYER.match(url):
        return Embed("speakerdeck", "SpeakerDeck", f"https://speakerdeck.com/player/{match['id']}")
    if SPEAKERDECK.match(url):
        return Embed("speakerdeck", "SpeakerDeck")
    return None


def render_embed(url: str, embed: Embed) -> str:
    """The box: a plain link, with what a script needs to put the player in its place."""
    names = {"provider": embed.name}
    link = escape(_("Watch on %(provider)s") % names)
    if embed.provider == "speakerdeck":
        link = escape(_("See the slides on %(provider)s") % names)
    data, note = "", ""
    if embed.player:
        load = _("Load video from %(provider)s") % names
        if embed.provider == "speakerdeck":
            load = _("Load slides from %(provider)s") % names
        data = f' data-embed="{escape(embed.player)}" data-label="{escape(load)}"'
        promise = escape(_("Nothing is sent to %(provider)s before you click.") % names)
        note = f'\n<figcaption class="embed-note">{promise}</figcaption>'
    return (
        f'<figure class="embed" data-provider="{embed.provider}"{data}>\n'
        f'<a href="{escape(url)}">{link}</a>{note}\n</figure>\n'
    )


def _start(url: str) -> str:
    """`?start=90` for `t=90`, `t=90s` or `t=1m30s`."""
    match = YOUTUBE_START.search(url)
    if match is None:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return f"?start={total}" if total else ""
