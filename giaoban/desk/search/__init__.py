"""Search everywhere: people, units, acts and pages, as one types."""
