"""What a card shows of a post: up to `<!--more-->`, or the first paragraph."""

from copy import copy

from markdown_it.token import Token

from posts.rendering.rawhtml import MORE


def tokens_before_more(tokens: list[Token]) -> list[Token]:
    """The tokens before the first marker; none where there is no marker.

    A marker deep inside a list or a line cuts there: the sanitiser closes what stays open.
    """
    for index, token in enumerate(tokens):
        if token.type == "html_block" and (match := MORE.search(token.content)):
            return [*tokens[:index], _cut(token, match.start())]
        for position, child in enumerate(token.children or ()):
            if child.type == "html_inline" and MORE.search(child.content):
                inline = copy(token)
                inline.children = token.children[:position]
                return [*tokens[:index], inline]
    return []


def first_paragraph_tokens(tokens: list[Token]) -> list[Token]:
    """The first paragraph that stands in nothing else and holds words, or an empty list."""
    for index, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            break
        if token.type == "paragraph_open" and token.level == 0 and _has_words(tokens[index + 1]):
            return tokens[index : index + 3]
    return []


def _has_words(inline: Token) -> bool:
    kinds = ("text", "code_inline", "math_inline")
    return any(t.type in kinds and t.content.strip() for t in inline.children or ())


def _cut(token: Token, length: int) -> Token:
    shorter = copy(token)
    shorter.content = token.content[:length]
    return shorter
