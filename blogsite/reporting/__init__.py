"""What browsers refused to load or run on pages of ours, as they report it."""
