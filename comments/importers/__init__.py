"""Comments of other systems, read into the records that `posts.importers.archives` has."""
