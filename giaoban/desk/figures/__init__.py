"""Figures: any indicator of a unit and period, as known on a day, and what is behind each cell."""
