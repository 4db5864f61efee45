"""What people say of themselves: name, handle, bio, links, picture, time zone."""
