"""The buttons above a text, and the keys of the writing page."""

from django.utils.translation import gettext_lazy as _

# Name for the script, what stands on the button, what it does, its keys as aria-keyshortcuts.
BUTTONS = [
    ("bold", "B", _("Bold"), "Control+B"),
    ("italic", "I", _("Italic"), "Control+I"),
    ("link", "[ ]( )", _("Link"), "Control+K"),
    ("code", "`x`", _("Code"), "Control+E"),
    ("heading", "##", _("Heading"), "Control+Shift+H"),
    ("fence", "```", _("Code block"), "Control+Shift+E"),
    ("picture", "![ ]", _("Picture"), "Control+Shift+G"),
    ("footnote", "[^1]", _("Footnote"), "Control+Shift+F"),
    ("table", "| |", _("Table"), "Control+Shift+L"),
]
TOOLS = [
    {"name": name, "sign": sign, "label": label, "keys": keys, "keys_shown": shown}
    for name, sign, label, keys in BUTTONS
    for shown in [keys.replace("Control", "Ctrl")]
]
KEYS = [
    *((tool["keys_shown"], tool["label"]) for tool in TOOLS),
    ("[[", _("Find a post or page to link to")),
    ("Enter", _("Go on with a list or quote; on an empty item, end it")),
    ("Tab, Shift+Tab", _("Move list items, selected lines and code in and out")),
    ("Esc, Tab", _("Leave the text, wherever the cursor is")),
    ("Ctrl+Shift+V", _("Paste without turning the layout into Markdown")),
    ("Ctrl+Shift+Y", _("Preview")),
    ("Ctrl+Shift+Enter", _("Full window")),
    ("Ctrl+.", _("Focus: nothing but the text")),
    ("Esc", _("Leave focus or full window")),
    ("Ctrl+S", _("Save")),
    ("Ctrl+/", _("This list")),
]
