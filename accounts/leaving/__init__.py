"""How somebody leaves: they ask, some days pass, and the account goes with all that hangs on it."""

from datetime import timedelta

from django.dispatch import Signal

# Long enough to notice a request that somebody else made, on a holiday as well, and to regret
# one's own; short enough to be a promise.
WAIT = timedelta(days=14)

# Sent inside the transaction that removes an account, before its row goes. Arguments: user, and
# leaving, one of User.Leaving. Receivers change or remove what is theirs.
person_leaves = Signal()
