"""Sổ nhật ký: every entry in the order it was recorded, and the page of one."""
