"""What ``tools/pictures`` is made of: the manual's pictures, and how they become small files."""
