"""Static files: named by their content, and packed when they are gathered."""

from __future__ import annotations

from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The last steps take ten times as long for a twentieth of the size; an office waits for all of
# them at its first start.
QUALITY = 6


class QuickCompressor(Compressor):
    """WhiteNoise's, in a moderate mood."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=QUALITY))


class GatheredFiles(CompressedManifestStaticFilesStorage):
    """What ``prepare_static`` gathers into."""

    def create_compressor(self, **options: Any) -> Compressor:
        return QuickCompressor(**options)
