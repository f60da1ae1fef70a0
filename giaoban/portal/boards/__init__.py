"""Prices and weather: entered by hand or fetched, served from the store."""
