"""What the desk itself keeps: work that somebody has begun and not recorded yet."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReorganisationDraft(models.Model):
    """A reorganisation that one login prepares, step by step; nothing of it is in the books.

    ``told`` holds what was typed and where everybody is placed. Its id is the key under which it
    is recorded, so that it is recorded once; then ``entry_number`` says where it stands, and
    ``told`` is emptied.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_name = models.CharField(max_length=150)
    verb = models.CharField(max_length=20)
    told: models.JSONField[Any, Any] = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    entry_number = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("draft of a reorganisation")
        indexes = [models.Index(fields=["login_name", "-changed_at"], name="draft_login")]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
