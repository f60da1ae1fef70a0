"""The site as readers see it."""
