"""Letters as they are meant: one form for each, nothing invisible, no disguise."""

import re
import unicodedata
from functools import cache

# Format characters that show nothing. The two joiners of Persian, Indic scripts and emoji are
# among them, and are a sign of anything only between Latin letters.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
HIDING = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
# Written without blanks between the words: Han, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f]+"
)
# Cyrillic and Greek letters that look like Latin ones.
LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕԁһԛԝьαβεικνορτυχγ",
    "abekmhopctyxijsdhqwbaβeiknoptuxy",
)
DISGUISING = {"CYRILLIC", "GREEK"}


def cleaned(text: str) -> str:
    """`text` in Unicode's compatibility form (ﬁ is fi, ａ is a) without what does not show."""
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text))


def hiding_count(text: str) -> int:
    """How many invisible characters stand where no script needs one."""
    return len(HIDING.findall(text))


@cache
def script_of(letter: str) -> str:
    """The script of one letter, as the first word of its Unicode name; "" for none."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def is_disguised(word: str) -> bool:
    """Whether Latin letters are mixed with others that look like Latin ones."""
    if word.isascii():
        return False
    scripts = {script_of(letter) for letter in word}
    return "LATIN" in scripts and bool(scripts & DISGUISING)


def undisguised(word: str) -> str:
    return word.translate(LOOK_ALIKES)


def main_script(text: str) -> str:
    """The script of most letters, or ""; the first thousand letters tell it."""
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text[:1000]):
        script = script_of(letter)
        counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.get, default="")
