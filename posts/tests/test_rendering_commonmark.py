"""Every example of the CommonMark specification, and each deliberate difference by number."""

import json
import warnings
from pathlib import Path

import pytest
from html5lib.constants import DataLossWarning

from posts.rendering import render_post
from posts.tests.commonmark import normalise

EXAMPLES = json.loads(
    (Path(__file__).parent / "data/rendering/commonmark-0.31.2.json").read_text(encoding="utf-8")
)
# The same list stands in docs/markdown.md.
DIFFERENCES = {
    144: "a language name of punctuation gives no class",
    150: "an unknown tag in a block of HTML is taken out",
    152: "classes that the site does not style are taken out",
    153: "classes that the site does not style are taken out",
    154: "classes that the site does not style are taken out",
    163: "an unknown tag in a block of HTML is taken out",
    164: "classes that the site does not style are taken out",
    170: "scripts are taken out",
    171: "form fields are taken out",
    172: "style sheets are taken out",
    173: "style sheets are taken out",
    176: "style sheets are taken out",
    178: "scripts are taken out",
    201: "an unknown tag in a line is shown as text",
    491: "an unknown tag in a line is shown as text",
    524: "an unknown tag in a line is shown as text",
    536: "an unknown tag in a line is shown as text",
    598: "a link of an unknown scheme loses its address",
    599: "a link of an unknown scheme loses its address",
    601: "a link of an unknown scheme loses its address",
    608: "a bare address becomes a link, as GFM has it",
    611: "a bare address becomes a link, as GFM has it",
    612: "a bare address becomes a link, as GFM has it",
    613: "an unknown tag in a line is shown as text",
    614: "an unknown tag in a line is shown as text",
    615: "an unknown tag in a line is shown as text",
    616: "attributes that HTML does not know are taken out",
    617: "an unknown tag in a line is shown as text",
    623: "an unknown tag in a line is shown as text",
}


def as_specified(example: dict) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataLossWarning)
        return normalise(render_post(example["markdown"]).html) == normalise(example["html"])


def test_specification_is_complete():
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("section", sorted({example["section"] for example in EXAMPLES}))
def test_post_follows_commonmark_but_for_the_listed_differences(section):
    examples = [example for example in EXAMPLES if example["section"] == section]

    different = [e["example"] for e in examples if not as_specified(e)]

    assert different == [e["example"] for e in examples if e["example"] in DIFFERENCES]


def test_differences_are_all_documented():
    document = (Path(__file__).parents[2] / "docs/markdown.md").read_text(encoding="utf-8")
    listed = document.partition("## Differences from CommonMark")[2].partition("\n## ")[0]

    missing = [number for number in DIFFERENCES if f" {number}" not in listed]

    assert missing == []
