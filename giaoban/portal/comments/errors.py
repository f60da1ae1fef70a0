"""Why a comment is not taken as it was sent. What was typed is always kept."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class CommentRefused(RuleBroken):
    """A comment that can't be taken. ``field`` is where on the form it is said: ``name``,
    ``text``, ``trap``, or nowhere in particular; ``status`` is the answer's, as HTTP has it."""

    code = "comment_refused"
    message = _("The comment can't be taken as it is.")
    field: ClassVar[str] = ""
    status: ClassVar[int] = 422


class NameMissing(CommentRefused):
    code = "comment_name_missing"
    message = _("The name is missing. Please give the one that is to stand above the comment.")
    field = "name"


class NameLength(CommentRefused):
    code = "comment_name_length"
    message = _("The name has {n} characters. Please give one of {least} to {most}.")
    field = "name"


class NameCharacters(CommentRefused):
    code = "comment_name_characters"
    message = _("The name contains “{character}”. Please keep to letters, digits and spaces.")
    field = "name"


class TextMissing(CommentRefused):
    code = "comment_text_missing"
    message = _("Nothing is written yet. Please write the comment, then send it.")
    field = "text"


class TextLength(CommentRefused):
    code = "comment_text_length"
    message = _("The comment has {n} characters, and there is room for {most}. Please shorten it.")
    field = "text"


class TextCharacter(CommentRefused):
    code = "comment_text_character"
    message = _("Character {position} ({codepoint}) is no text. Please delete or retype it.")
    field = "text"


class MarksPiledUp(CommentRefused):
    code = "comment_marks_piled_up"
    message = _("Marks are piled up on “{letter}”. Please type that word again.")
    field = "text"


class ContactInText(CommentRefused):
    code = "comment_contact"
    message = _(
        "“{found}” looks like an e-mail address or a telephone number, which are not published. "
        "Please take it out."
    )
    field = "text"


class NoDiacritics(CommentRefused):
    code = "no_diacritics"
    message = _(
        "The comment lacks Vietnamese diacritics. Please retype it, or take the suggestion below "
        "if it is what you mean."
    )
    field = "text"


class NoDiacriticsNorSuggestion(CommentRefused):
    code = "no_diacritics"
    message = _("The comment lacks Vietnamese diacritics. Please retype it with them.")
    field = "text"


class TrapFilled(CommentRefused):
    code = "comment_trap"
    message = _("The field that is to stay empty is filled. Please empty it, then send again.")
    field = "trap"


class StampMissing(CommentRefused):
    code = "comment_stamp"
    message = _("The form did not come from this page. Please look through it, then send again.")


class StampYoung(CommentRefused):
    code = "comment_too_soon"
    message = _("The comment was sent within three seconds. Please read it again, then send it.")


class StampOld(CommentRefused):
    code = "comment_page_old"
    message = _("The page was opened more than two days ago. Please read again, then send.")


class FromElsewhere(CommentRefused):
    code = "comment_from_elsewhere"
    message = _("The comment came by another website. Please send it from this page.")
    status = 403


class TooManyFromHere(CommentRefused):
    code = "comment_too_many_here"
    message = _(
        "Many comments have come from this network within a short time. Please send it again "
        "after {time}."
    )
    status = 429


class TooMany(CommentRefused):
    code = "comment_too_many"
    message = _(
        "More comments are coming in than can be taken at once. Please send it again after {time}."
    )
    status = 429


class TooLarge(CommentRefused):
    code = "comment_too_large"
    message = _("What was sent is far longer than a comment: there is room for {most} characters.")
    status = 413


class CommentsClosed(CommentRefused):
    code = "comments_closed"
    message = _("Comments on this article are closed.")
    status = 403


class ReasonMissing(CommentRefused):
    code = "comment_reason_missing"
    message = _("The reason is missing. Choose one or write it in a few words.")


class NothingChosen(CommentRefused):
    code = "comment_none_chosen"
    message = _("No comment is chosen. Tick those that the decision is for.")


class DecidedMeanwhile(CommentRefused):
    code = "comment_decided_meanwhile"
    message = _("{n} of the comments chosen no longer stand so. Look at the list again.")
    status = 409
