"""Why a report is not sent, and what can't be scheduled.

A refusal that is ``lasting`` would come again however often one tries: a person is told at once.
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class AddressesMissing(RuleBroken):
    code = "addresses_missing"
    message = _("{field}: there is no address. Give one at least.")


class AddressUnusable(RuleBroken):
    code = "address_unusable"
    message = _("“{address}” is no e-mail address. Write it as in: van-thu@example.gov.vn.")


class TooManyAddresses(RuleBroken):
    code = "too_many_addresses"
    message = _("There are {n} addresses; {most} is the most. Use the address of a group.")


class FormMissing(RuleBroken):
    code = "form_missing"
    message = _("No form is chosen to be attached. Choose one at least: {choices}.")


class MomentUnusable(RuleBroken):
    code = "moment_unusable"
    message = _("A report is sent {most} days after its period at most, at an hour from 0 to 23.")


class ScheduleUnknown(RuleBroken):
    code = "schedule_unknown"
    message = _("There is no schedule {n}. Choose one of the list.")


class ScheduleEnded(RuleBroken):
    code = "schedule_ended"
    message = _("Schedule {n} ended at {time}. Add a new one.")


class SentAlready(RuleBroken):
    code = "sent_already"
    message = _("The report for {period} was sent at {time}. It is not sent again.")


class BeingSent(RuleBroken):
    code = "being_sent"
    message = _("This report is being sent at this moment. Wait, then look at the list.")


class PeriodRuns(RuleBroken):
    code = "period_runs"
    message = _("{period} ends on {date}. A report is sent after that day.")


class ReportEmpty(RuleBroken):
    code = "report_empty"
    message = _(
        "The report of {unit} for {period} has no number but zero, so it was not sent. "
        "Check the unit and whether its books are kept."
    )


class ProgramBrokeOff(RuleBroken):
    code = "program_failed"
    message = _("The program broke off ({fault}). What happened stands in the server's log.")


class Undelivered(RuleBroken):
    """What the mail server, or its absence, has against a letter."""

    lasting: ClassVar[bool] = False
    code = "undelivered"
    message = _("The letter was not delivered ({reason}).")


class MailNotSet(Undelivered):
    lasting = True
    code = "mail_not_set"
    message = _(
        "No mail server is set, so nothing is sent. "
        "Whoever runs the server sets GIAOBAN_SMTP_URL and GIAOBAN_MAIL_FROM."
    )


class MailServerSilent(Undelivered):
    code = "mail_server_silent"
    message = _("The mail server {server} did not answer in time.")


class MailServerAway(Undelivered):
    code = "mail_server_away"
    message = _("The mail server {server} can't be reached ({reason}).")


class MailServerBrokeOff(Undelivered):
    code = "mail_server_broke_off"
    message = _("The mail server {server} broke off before it had taken the letter.")


class MailLoginRefused(Undelivered):
    code = "mail_login_refused"
    message = _("The mail server {server} did not take the login ({reason}).")


class LetterRefused(Undelivered):
    lasting = True
    code = "letter_refused"
    message = _("The mail server {server} refused the letter ({reason}).")


class LetterPutOff(Undelivered):
    code = "letter_put_off"
    message = _("The mail server {server} takes no letter now ({reason}).")


class RecipientsRefused(Undelivered):
    lasting = True
    code = "recipients_refused"
    message = _("The mail server refused these addresses: {addresses}. Check how they are written.")
