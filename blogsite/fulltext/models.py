"""None: with this module Django tells the app when the database is ready (`post_migrate`)."""
