"""What accounts announces to the apps above it."""

from django.dispatch import Signal

# Sent after a person's handle changed. Arguments: user, old_handle.
handle_changed = Signal()
