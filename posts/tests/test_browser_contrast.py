"""The colours of tokens.css as Chromium paints them: legible in light and dark, at every hue."""

import pytest

# From LOOK's numbers: WCAG AAA for the text, AA for the rest.
TEXT, SECONDARY, GRAPHIC = 7, 4.5, 3
CODE = ["comment", "keyword", "string", "number", "name", "special", "error"]
CALLOUTS = ["note", "tip", "important", "warning", "caution"]

PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "paper-raised", TEXT),
    ("ink", "accent-tint", TEXT),
    ("code-ink", "code-paper", TEXT),
    ("ink", "code-marked", TEXT),
    ("ink-soft", "paper", SECONDARY),
    ("ink-soft", "paper-raised", SECONDARY),
    ("ink-soft", "code-paper", SECONDARY),
    ("control", "paper", GRAPHIC),
    ("focus", "paper", GRAPHIC),
    ("focus", "paper-raised", GRAPHIC),
    ("focus", "code-paper", GRAPHIC),
    *[(name, "paper", SECONDARY) for name in CALLOUTS],
    *[
        (f"code-{name}", f"code-{ground}", SECONDARY)
        for name in CODE
        for ground in ["paper", "marked", "added", "removed"]
    ],
]
ACCENT_PAIRS = [
    ("accent", "paper", SECONDARY),
    ("accent-strong", "paper", SECONDARY),
    ("accent", "paper-raised", SECONDARY),
    ("accent", "accent-tint", SECONDARY),
    ("ink-soft", "accent-tint", SECONDARY),
    ("paper", "accent-strong", SECONDARY),  # a button about news under the pointer
    ("accent", "code-paper", SECONDARY),
    ("paper", "accent", SECONDARY),  # selected text, and a button under the pointer
    ("ink", "accent-tint", TEXT),
]
HUES = range(0, 361, 15)

# Paints each token on a canvas, which gives the very bytes of sRGB that a screen would get.
PAINT = """
([hue, names]) => {
  if (hue !== null) document.documentElement.style.setProperty('--accent-hue', hue);
  const probe = document.body.appendChild(document.createElement('i'));
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const colours = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    colours[name] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }
  probe.remove();
  return colours;
}
"""


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_legible(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/")

    assert too_weak(page, None, PAIRS) == []


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accent_is_legible_at_every_hue(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/")

    assert [weak for hue in HUES for weak in too_weak(page, hue, ACCENT_PAIRS)] == []


def too_weak(page, hue, pairs):
    names = sorted({name for pair in pairs for name in pair[:2]})
    colours = page.evaluate(PAINT, [hue, names])
    return [
        (hue, one, other, round(ratio, 2))
        for one, other, least in pairs
        if (ratio := contrast(colours[one], colours[other])) < least
    ]


def contrast(one, other) -> float:
    """Contrast ratio of two colours (WCAG 2.2), 1 to 21; colours are sRGB bytes."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (byte / 255 for byte in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
