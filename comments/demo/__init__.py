"""What readers of the demo journal answered, and what waits in its moderation queue."""
