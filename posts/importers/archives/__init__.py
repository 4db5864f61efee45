"""Archives of other systems, each read into the same records; `posts.importers.archives.records`."""
