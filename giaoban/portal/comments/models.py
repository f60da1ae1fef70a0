"""What a reader sent and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from giaoban.journal import guards
from giaoban.portal.pages.models import ArticlePage

MOST_IN_TEXT, MOST_IN_NAME = 2000, 60


class State(models.IntegerChoices):
    """Where a comment stands."""

    WAITING = 1, _("waiting")
    SHOWN = 2, _("shown")
    DECLINED = 3, _("declined")
    REMOVED = 4, _("removed")


class What(models.IntegerChoices):
    """What was decided about a comment."""

    SHOWN = 1, _("published")
    DECLINED = 2, _("declined")
    REMOVED = 3, _("removed")
    TAKEN_BACK = 4, _("taken back by its writer")
    FORGOTTEN = 5, _("name and text erased, the time being over")


class Comment(models.Model):
    """A comment (bình luận) below an article: a name, a text, and whether it is shown.

    No address, no e-mail and no telephone number is asked for or kept: its writer comes back with
    a key, of which only the digest is here. Name and text are emptied when the writer takes the
    comment back, and some time after it was declined or removed (``actions.forget_old``).
    """

    page = models.ForeignKey(
        ArticlePage, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    name = models.CharField(_("name"), max_length=MOST_IN_NAME, blank=True)
    text = models.CharField(_("text"), max_length=MOST_IN_TEXT, blank=True)
    received_at = models.DateTimeField(_("received at"))
    state = models.SmallIntegerField(_("state"), choices=State.choices, default=State.WAITING)
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = pgettext_lazy("readers", "comment")
        verbose_name_plural = pgettext_lazy("readers", "comments")
        default_permissions = ("change", "view")
        indexes = [
            models.Index(fields=["page", "state", "-received_at"], name="comment_page"),
            models.Index(fields=["state", "received_at"], name="comment_state"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def kept(self) -> bool:
        """Whether name and text are still there."""
        return bool(self.text)


class CommentDecision(models.Model):
    """One line of what was decided about a comment: by whom, when, why. Lines are only added.

    What the comment said does not stand here, for it may have to be forgotten; what the article
    was called does, for an article may go. ``by`` is a login, or nobody: then its writer took the
    comment back, or its time had come.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    comment = models.ForeignKey(
        Comment, models.DO_NOTHING, related_name="decisions", db_constraint=False
    )
    headline = models.CharField(max_length=255)
    what = models.SmallIntegerField(choices=What.choices)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("decision on a comment")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-at"], name="comment_decision_at")]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.comment_id} {self.get_what_display()}"


class DeclineReason(models.Model):
    """A reason for which comments are declined or removed, from a day until a day.

    What was said to a writer stays in the log as it was said, so changing one changes no decision.
    """

    words_vi = models.CharField(_("in Vietnamese"), max_length=200)
    words_en = models.CharField(_("in English"), max_length=200)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until the end of"), null=True, blank=True)

    class Meta:
        verbose_name = _("reason for declining a comment")
        verbose_name_plural = _("reasons for declining comments")
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        english = (translation.get_language() or "vi").startswith("en")
        return self.words_en if english else self.words_vi
