"""Tests of giaoban.periods."""
