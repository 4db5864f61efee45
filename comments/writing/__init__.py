"""What a visitor writes: the form, what guards it, and what becomes of it."""
