"""The few shapes that the pictures are made of."""

from __future__ import annotations

from collections.abc import Iterable

WIDTH, HEIGHT = 1600, 900
Point = tuple[float, float]


def rect(x: float, y: float, width: float, height: float, fill: str, *, round_: float = 0,
         more: str = "") -> str:  # fmt: skip
    """An upright rectangle from its upper left corner."""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {size} rx="{round_:.1f}" fill="{fill}" {more}/>'


def ellipse(x: float, y: float, across: float, down: float, fill: str, more: str = "") -> str:
    """An ellipse around its middle, by its half axes."""
    size = f'cx="{x:.1f}" cy="{y:.1f}" rx="{across:.1f}" ry="{down:.1f}"'
    return f'<ellipse {size} fill="{fill}" {more}/>'


def polygon(points: Iterable[Point], fill: str, more: str = "") -> str:
    """A shape with straight sides."""
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{told}" fill="{fill}" {more}/>'


def path(steps: str, fill: str = "none", more: str = "") -> str:
    """A shape by the steps of a path."""
    return f'<path d="{steps}" fill="{fill}" {more}/>'


def stroke(steps: str, colour: str, width: float, more: str = "") -> str:
    """A line with round ends."""
    line = f'stroke="{colour}" stroke-width="{width:.1f}"'
    return path(steps, "none", f'{line} stroke-linecap="round" stroke-linejoin="round" {more}')


def fade(name: str, *stops: tuple[float, str], across: bool = False) -> str:
    """Colours that pass into one another, downwards or ``across``; filled with ``url(#name)``."""
    to = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
    told = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in stops)
    return f'<linearGradient id="{name}" x1="0" y1="0" {to}>{told}</linearGradient>'


def picture(parts: Iterable[str]) -> str:
    """The whole picture, of 1600 × 900."""
    head = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{"".join(parts)}</svg>'
