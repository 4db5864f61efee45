"""The demo: a small journal written for this project, and what loads it."""
