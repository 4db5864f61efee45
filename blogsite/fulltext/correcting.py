"""Words that are one mistake away: a letter too many, too few, wrong, or two in wrong order.

They are made from the word, and then looked up; so the cost follows the length of the word and not
the number of words there are.
"""

import string

MOST = 5  # words that are then tried
MAX_LENGTH = 24  # characters; of longer words nobody remembers how they go
MIN_LENGTH = 4


def near(word: str) -> list[str]:
    """The likeliest mistakes first: order, doubled or missing letters, then wrong ones."""
    if not MIN_LENGTH <= len(word) <= MAX_LENGTH or not word.isalpha():
        return []
    letters = sorted(set(word) | set(string.ascii_lowercase))
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    shorter = [a + b[1:] for a, b in cuts if b]
    longer = [a + letter + b for a, b in cuts for letter in letters]
    changed = [a + letter + b[1:] for a, b in cuts if b for letter in letters]
    found = dict.fromkeys([*swapped, *shorter, *longer, *changed])
    found.pop(word, None)
    return list(found)
