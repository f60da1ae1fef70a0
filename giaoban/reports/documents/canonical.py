"""A document written down: one text for one content, and the hash that stands for it."""

from __future__ import annotations

import hashlib

import msgspec

from giaoban.reports.documents.blocks import Document

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Document)


def written(document: Document) -> bytes:
    """The document as JSON in UTF-8, always the same bytes for the same content."""
    return _ENCODER.encode(document)


def read(content: bytes) -> Document:
    """The document that was written down. Raises ``msgspec.ValidationError`` on anything else."""
    return _DECODER.decode(content)


def content_hash(content: bytes) -> bytes:
    """sha256 of a document as written down."""
    return hashlib.sha256(content).digest()
