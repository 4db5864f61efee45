"""The elements of HTML, as far as turning them into Markdown tells them apart."""

from posts.rendering.limits import names
from posts.rendering.rawhtml import KNOWN

# Names that are no HTML but real markup where they occur; any other unknown name is text that
# forgot to write &lt;, such as #include <stdio.h>.
FOREIGN = names(
    """annotation circle clippath defs ellipse feblend filter foreignobject g line lineargradient mask metadata
    merror mmultiscripts mprescripts none path pattern polygon polyline radialgradient rect semantics stop symbol
    textpath tspan use amp-img amp-iframe amp-video amp-youtube"""
)
TAGS = KNOWN | FOREIGN
VOID = names("area base br col embed hr img input link meta param source track wbr")
# Left out together with what is in them.
DROPPED = names(
    "base datalist head link meta noembed noframes script select style template textarea title"
)
BLOCKS = names(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav
    iframe video audio object embed ol p pre section summary table tbody td tfoot th thead tr ul listing xmp plaintext"""
)
HEADINGS = names("h1 h2 h3 h4 h5 h6")
# Markdown has no words for these, and our pages show them from HTML.
INLINE_HTML = names(
    "abbr bdi bdo cite dfn ins kbd mark q rp rt ruby samp small sub sup time u var wbr"
)
EMPHASIS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em",
    "s": "del", "strike": "del", "del": "del",
}  # fmt: skip
