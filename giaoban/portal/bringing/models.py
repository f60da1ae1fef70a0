"""What was brought: each saved page with the draft that it became and what was found in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.portal.pages.models import ArticlePage


class BroughtPage(models.Model):
    """A saved page of an old portal that became a draft.

    ``path`` is the file's, from the folder that was brought; ``digest`` the SHA-256 of its bytes:
    the two together come once. ``findings`` is what was found and what was not, as ``Findings``
    writes it down, so that an editor can look at the old page beside the draft.
    """

    path = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    article = models.ForeignKey(ArticlePage, models.SET_NULL, null=True, related_name="+")
    findings = models.JSONField(default=dict)
    brought_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("page brought from an old portal")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["path", "digest"], name="brought_page_once")]

    def __str__(self) -> str:
        return self.path
