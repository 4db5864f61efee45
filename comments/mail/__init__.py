"""Mail about comments: who hears of what, how often, and how it ends."""
