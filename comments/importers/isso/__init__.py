"""Comments of Isso: its database, or the plain JSON that it imports itself."""
