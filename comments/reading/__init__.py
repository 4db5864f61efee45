"""What readers see: threads, counts, pages."""
