"""Documents as an office cites them: whole the first time, by number alone afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from giaoban import vietnamese
from giaoban.journal.models import Basis

# The kind of a document by the letters of its symbol, as committees abbreviate them.
_KINDS_OF_DOCUMENT = {
    "NQ": gettext_lazy("Resolution"),
    "QĐ": gettext_lazy("Decision"),
    "CT": gettext_lazy("Directive"),
    "KL": gettext_lazy("Conclusion"),
    "KH": gettext_lazy("Plan of work"),
    "HD": gettext_lazy("Guidance"),
}


def cited_first(basis: Basis) -> str:
    """A document as it is cited first: Nghị quyết số 09-NQ/TU, ngày … của Thành ủy."""
    day = vietnamese.format_signed_date(basis.issued_on)
    said = _("{kind} no. {number} of {day} by {issuer}")
    return said.format(kind=_kind(basis), number=basis.number, day=day, issuer=basis.issuer)


def cited_again(basis: Basis) -> str:
    """The same afterwards: Nghị quyết 09-NQ/TU."""
    return f"{_kind(basis)} {basis.number}"


def _kind(basis: Basis) -> str:
    letters = basis.number.partition("-")[2].partition("/")[0]
    return str(_KINDS_OF_DOCUMENT.get(letters) or pgettext("cited", "Document"))
