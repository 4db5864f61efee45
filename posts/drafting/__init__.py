"""Nothing that somebody types is lost: what was not saved, who else writes, and two at once."""
