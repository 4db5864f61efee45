"""How the handing over of a mail can go wrong."""


class Refused(Exception):
    """The server will never take this mail."""


class NotNow(Exception):
    """The server did not take it this time; nothing has left."""


class NoAnswer(Exception):
    """The whole mail has left, and the server's answer never came."""
