"""The demonstration's pictures: drawn by the project itself, shape by shape, as SVG.

Each module draws one picture of 1600 × 900 with ``draw()``, the same each time.
"""
