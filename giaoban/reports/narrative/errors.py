"""What is wrong with the sentences of a definition, in the office's words.

The smaller refusals say what; ``TemplateBroken`` says where, and is the one that gets out.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class TemplateBroken(RuleBroken):
    code = "template_broken"
    message = _("{section}, line {line}: {what}")


class TemplateUnreadable(RuleBroken):
    code = "template_unreadable"
    message = _(
        "The signs can't be read: “{text}”. Each bracket and each quote needs its end, each “if”"
        " its “endif” and each “for” its “endfor”."
    )


class NotForReports(RuleBroken):
    code = "not_for_reports"
    message = _("“{text}” is not used in reports. There are: {choices}.")


class FilterUnknown(RuleBroken):
    code = "filter_unknown"
    message = _("There is no filter “{filter}”. There are: {choices}.")


class FilterUnfit(RuleBroken):
    code = "filter_unfit"
    message = _("“{filter}” takes something else. Write it as in: {example}.")


class WordUnknown(RuleBroken):
    code = "word_unknown"
    message = _("“{name}” has no “{word}”. There are: {choices}.")


class NumberWithoutAddress(RuleBroken):
    code = "number_without_address"
    message = _(
        "A number worked out in the sentence has no address, so nobody could check it. Take change,"
        " ratio, growth, share or points of a figure; in conditions any arithmetic will do."
    )


class NothingToPrint(RuleBroken):
    code = "nothing_to_print"
    message = _("{thing} is a list and no text. Name them with “listed” or “told”, or go through.")


class NotCalculable(RuleBroken):
    code = "not_calculable"
    message = _("Only numbers can be reckoned with and compared, here: {sign}.")


class TemplateTooLong(RuleBroken):
    code = "template_too_long"
    message = _("That is more than there is room for ({most}). Shorten it.")
