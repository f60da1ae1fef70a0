"""Encodings from before Unicode, which the office's old files still carry."""
