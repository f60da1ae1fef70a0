"""What a search looks in: one row for each thing that readers can find."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """A page or document as a search finds it; written only by ``finding.keep`` and ``forget``.

    ``key`` names the thing (``page:12``, ``document:3``); ``exact`` holds its words with their
    marks, ``folded`` without (đ as d); in both, words of the title weigh most.
    """

    class Kind(models.TextChoices):
        """What can be found."""

        ARTICLE = "article"
        DOCUMENT = "document"
        REPORT = "report"

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=500)
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    exact = SearchVectorField()
    folded = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["exact"], name="search_exact"),
            GinIndex(fields=["folded"], name="search_folded"),
        ]

    def __str__(self) -> str:
        return self.title
