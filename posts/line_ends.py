"""The ends of lines: browsers and files have others than the texts here."""


def with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ends_lines_with_crlf(text: str) -> bool:
    return "\r\n" in text and "\n" not in text.replace("\r\n", "")
