"""What is found of one signature of a file, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from giaoban.journal.errors import present


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """One signature. Where nothing can be said either way, the answer is None.

    ``signed_at`` is what the signer's machine claims, or with ``by_timestamp`` what a time-stamp
    server vouches for (``timestamp_by`` names it, ``timestamp_trusted`` as ``trusted``).
    ``intact``: the signature fits the bytes it covers. ``covers_file``: no byte follows it.
    ``changed_after``: something other than further signatures was added. ``trusted``: the
    certificate leads to a given root (None: no roots were given); nobody is asked whether it was
    revoked. ``valid_then``: the certificate was in force at the time of signing, and, where no
    time-stamp proves that time, at the time of checking. ``is_issued``: the file begins with the
    issued pdf and adds nothing but signatures (None: no pdf to compare with).
    """

    signer: str
    issuer: str
    serial: str
    signed_at: datetime | None
    by_timestamp: bool
    timestamp_by: str
    timestamp_trusted: bool | None
    intact: bool
    covers_file: bool
    changed_after: bool
    trusted: bool | None
    valid_then: bool
    valid_from: datetime
    valid_until: datetime
    is_issued: bool | None
    shown_on_page: int | None

    @property
    def holds(self) -> bool:
        """Whether the file is what was signed: intact, and nothing changed since."""
        return self.intact and not self.changed_after

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the signature; of an unknown root nothing is said."""
        against = (self.trusted is False, self.is_issued is False, self.timestamp_trusted is False)
        return self.holds and self.valid_then and not any(against)

    @property
    def summary(self) -> str:
        """The finding in the office's words, a sentence for each matter."""
        lines = (self._when(), self._integrity(), self._certificate(), self._trust(),
                 self._issued(), self._shown())  # fmt: skip
        return " ".join(line for line in lines if line)

    def _when(self) -> str:
        if self.signed_at is None:
            return _("{name} signed; the file does not say when.").format(name=self.signer)
        if self.by_timestamp:
            said = _("{name} signed at {time}, by the time-stamp of {server}.")
        else:
            said = _("{name} signed at {time}, by the clock of their own machine.")
        return said.format(name=self.signer, time=present(self.signed_at), server=self.timestamp_by)

    def _integrity(self) -> str:
        if not self.intact:
            return _("The signature does not fit the file: it was changed after signing.")
        if self.changed_after:
            return _("Something was added to the file after signing.")
        if not self.covers_file:
            return _("The file is as it was signed; only signatures were added later.")
        return _("The file is as it was signed.")

    def _certificate(self) -> str:
        said = (
            _("The certificate {serial}, issued by {issuer}, was in force then.")
            if self.valid_then
            else _(
                "The certificate {serial}, issued by {issuer}, is valid only from {since} until"
                " {until}."
            )
        )
        return said.format(
            serial=self.serial, issuer=self.issuer, since=present(self.valid_from),
            until=present(self.valid_until),
        )  # fmt: skip

    def _trust(self) -> str:
        if self.trusted is None:
            return _("Whether the certificate is to be trusted is unknown: no roots are set.")
        if not self.trusted:
            return _("The certificate does not lead to a root that this office trusts.")
        if self.timestamp_trusted is False:
            return _("The time-stamp does not lead to a root that this office trusts.")
        return _("It leads to a trusted root; whether it was revoked was not asked.")

    def _issued(self) -> str:
        if self.is_issued is None:
            return ""
        if self.is_issued:
            return _("The signed document is the one that was issued.")
        return _("The signed document is not the one that was issued.")

    def _shown(self) -> str:
        if self.shown_on_page is None:
            return ""
        return _("The signature shows on page {n}.").format(n=self.shown_on_page)
