"""The kinds of act: the table of contents of the journal.

The numbers are written into digests and segments and never change their meaning. A *movement* is
an act with legs in the ledger; the others hang rows in the books of units, people, plans and
reports.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.IntegerChoices):
    """What was done. Movements of members stand first, in the order of Biểu số 1-BTCTW."""

    OPENING = 1, _("first balance")
    ADMISSION = 2, _("admission")
    READMISSION = 3, _("readmission")
    ARRIVAL = 4, _("arrival")
    RESTORATION = 5, _("restoration of membership")
    DEATH = 6, _("death")
    EXPULSION = 7, _("expulsion")
    STRIKING_OFF = 8, _("striking off")
    RESIGNATION = 9, _("resignation from the Party")
    DEPARTURE = 10, _("departure")
    TRANSFER = 11, _("transfer inside")
    RECOGNITION = 12, _("recognition as a full member")
    LEAVING = 13, _("ageing out of the youth union")
    CORRECTION = 14, _("adjustment")
    REORGANISATION = 20, _("reorganisation")
    FOUNDING = 21, _("founding of a unit")
    CLOSING = 22, _("closing of a unit")
    RENAMING = 23, _("renaming of a unit")
    MOVING = 24, _("move of a unit under another parent")
    REGISTRATION = 30, _("registration of a person")
    NAMING = 31, _("name of a person")
    PARTICULARS = 32, _("particulars of a person")
    APPOINTMENT = 33, _("appointment")
    DISMISSAL = 34, _("end of an appointment")
    ERASURE = 35, _("erasure of personal content")
    TARGET = 40, _("target")
    REGISTER = 50, _("register of outgoing documents")
    ISSUE = 51, _("issue of a document")
    WITHDRAWAL = 52, _("withdrawal of a document")
    SIGNATURE = 53, _("digital signature of a document")
