"""Who did what, from where: written once, read by operators, changed by nobody."""
