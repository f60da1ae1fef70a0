"""Pictures with a palette: text on paper needs few colours, and the repository keeps every file."""

from __future__ import annotations

import base64
import zlib
from struct import pack

import numpy
from playwright.sync_api import Page

COLOURS = 128


def _pixels(page: Page, png: bytes) -> numpy.ndarray:
    """The picture's pixels, as the browser itself reads them."""
    told = page.evaluate(
        """async (data) => {
            const image = new Image();
            image.src = "data:image/png;base64," + data;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const drawing = canvas.getContext("2d");
            drawing.drawImage(image, 0, 0);
            const bytes = drawing.getImageData(0, 0, image.width, image.height).data;
            let text = "";
            for (let at = 0; at < bytes.length; at += 32768)
                text += String.fromCharCode(...bytes.subarray(at, at + 32768));
            return [image.width, image.height, btoa(text)];
        }""",
        base64.b64encode(png).decode(),
    )
    width, height, data = told
    raw = numpy.frombuffer(base64.b64decode(data), dtype=numpy.uint8)
    return raw.reshape(height, width, 4)[:, :, :3]


def _few_colours(pixels: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """A palette of the colours met most often, and each pixel's place in it."""
    packed = pixels.astype(numpy.uint32) @ numpy.array([65536, 256, 1], dtype=numpy.uint32)
    met, place, often = numpy.unique(packed, return_inverse=True, return_counts=True)
    colours = numpy.stack([met >> 16, met >> 8 & 255, met & 255], axis=1).astype(numpy.int64)
    kept: list[int] = []
    for at in numpy.argsort(-often, kind="stable"):
        # A colour next to one that is kept stands for it already.
        near = colours[kept] if kept else numpy.full((1, 3), 999)
        if ((near - colours[at]) ** 2).sum(axis=1).min() > 120:
            kept.append(int(at))
        if len(kept) == COLOURS:
            break
    palette = colours[kept]
    nearest = ((colours[:, None, :] - palette[None]) ** 2).sum(axis=2).argmin(axis=1)
    return palette.astype(numpy.uint8), nearest[place].reshape(pixels.shape[:2])


def _written(palette: numpy.ndarray, places: numpy.ndarray) -> bytes:
    """A picture with a palette, as small as zlib makes it."""

    def part(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    height, width = places.shape
    lines = numpy.zeros((height, width + 1), dtype=numpy.uint8)
    lines[:, 1:] = places
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + part(b"PLTE", palette.tobytes())
        + part(b"IDAT", zlib.compress(lines.tobytes(), 9))
        + part(b"IEND", b"")
    )


def packed(page: Page, shot: bytes) -> bytes:
    """A screenshot as a PNG with a palette; ``page`` is any page of a browser, which reads it."""
    return _written(*_few_colours(_pixels(page, shot)))
