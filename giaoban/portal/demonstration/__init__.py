"""The district's site of 2018: its sections, its articles around living figures, its boards."""
