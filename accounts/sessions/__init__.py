"""Where somebody is signed in: which browsers, since when, and how to end it."""
