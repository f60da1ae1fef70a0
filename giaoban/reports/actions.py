"""What an office does with reports: every act by its name, wherever it is carried out."""

from giaoban.reports.corrections import begin_correction, begin_replacement
from giaoban.reports.defining import save_definition
from giaoban.reports.drafting import (
    begin_report,
    change_report,
    check_report,
    drop_report,
    hand_in_report,
    send_back_report,
)
from giaoban.reports.explaining import sign_off_discrepancy, take_back_note
from giaoban.reports.issuing import issue_report, withdraw_report
from giaoban.reports.registering import open_register

__all__ = [
    "begin_correction",
    "begin_replacement",
    "begin_report",
    "change_report",
    "check_report",
    "drop_report",
    "hand_in_report",
    "issue_report",
    "open_register",
    "save_definition",
    "send_back_report",
    "sign_off_discrepancy",
    "take_back_note",
    "withdraw_report",
]
