"""What follows when somebody may do more or less than before: it is recorded, and sessions end.

By signals, so that no way of doing it is left out: the desk, a command, an invitation.
"""
