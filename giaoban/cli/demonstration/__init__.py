"""The demonstration: the main job of the product, played on real facts through its own actions.

A district of 2018 with 72 grassroots organisations and about 9.300 members, three years of
movements before, the nine months that its report speaks of, and the reform of 2025 after. Only
what the data files call fact is fact (published on 29/10/2018, and the tables of the reform); all
names of persons and everything else are invented. See docs/decisions/0007-demonstration.md.
"""

from giaoban.cli.demonstration.errors import DatabaseNotEmpty
from giaoban.cli.demonstration.playing import ENTRIES, Summary, play

__all__ = ["ENTRIES", "DatabaseNotEmpty", "Summary", "play"]
