"""What signing refuses, and what a signed file that came back is refused for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class NotAPdf(RuleBroken):
    code = "not_a_pdf"
    message = _("This file is no pdf that can be read. Choose the pdf that was issued.")


class PdfLocked(RuleBroken):
    code = "pdf_locked"
    message = _("This pdf is locked with a password. Choose the pdf that was issued.")


class KeyFileUnreadable(RuleBroken):
    code = "key_file_unreadable"
    message = _("This file is no store of a key (.p12, .pfx). Choose the one the authority gave.")


class PasswordWrong(RuleBroken):
    code = "password_wrong"
    message = _("The password does not open the file of the key. Type it again.")


class KeyMissing(RuleBroken):
    code = "key_missing"
    message = _("There is no key to sign with in {place}. Choose the one that holds the key.")


class LibraryMissing(RuleBroken):
    code = "library_missing"
    message = _("The token's library {library} can't be loaded. Check its path.")


class TokenMissing(RuleBroken):
    code = "token_missing"
    message = _("The token {token} is not there. Plug it in, or check its label.")


class PinWrong(RuleBroken):
    code = "pin_wrong"
    message = _("The token did not take this PIN. It locks after a few wrong ones: check first.")


class PinLocked(RuleBroken):
    code = "pin_locked"
    message = _("The token's PIN is locked. Whoever issued the token unlocks it.")


class TokenBroken(RuleBroken):
    code = "token_broken"
    message = _("The token {token} did not sign ({reason}). Plug it in anew and try again.")


class CertificateExpired(RuleBroken):
    code = "certificate_expired"
    message = _("The certificate of {name} was valid until {until}. Sign with one in force.")


class CertificateNotYetValid(RuleBroken):
    code = "certificate_not_yet_valid"
    message = _("The certificate of {name} is valid from {since} on. Sign with one in force.")


class SignedAlready(RuleBroken):
    code = "signed_already"
    message = _("{name} has signed this pdf with the same certificate. It is not signed twice.")


class TimestampsSilent(RuleBroken):
    code = "timestamps_silent"
    message = _(
        "The time-stamp server {address} gave no stamp, so nothing was signed. "
        "Try again later, or sign without a time-stamp."
    )


class NoSignature(RuleBroken):
    code = "no_signature"
    message = _("This pdf bears no signature. Choose the signed file.")


class SignatureBroken(RuleBroken):
    code = "signature_broken"
    message = _(
        "The signature of {name} does not hold: the file was changed, or not signed whole. "
        "Sign the issued pdf again."
    )


class SignatureUnreadable(RuleBroken):
    code = "signature_unreadable"
    message = _(
        "A signature of this pdf can't be read: it was taken out or damaged. "
        "Sign the issued pdf again."
    )


class AnotherDocument(RuleBroken):
    code = "another_document"
    message = _("This is not the pdf that was issued, or it was changed. Sign the issued pdf.")


class SignerUntrusted(RuleBroken):
    code = "signer_untrusted"
    message = _(
        "The certificate of {name}, issued by {issuer}, does not lead to a root that this office "
        "trusts. Sign with a certificate of a trusted authority."
    )


class NoRoom(RuleBroken):
    code = "no_room"
    message = _(
        "There is no room left on the document for a signature that shows. Sign without showing it."
    )


class CopyUnknown(RuleBroken):
    code = "copy_unknown"
    message = _("Entry {n} keeps no signed copy. Choose one of the document's list.")


class RootUnreadable(RuleBroken):
    code = "root_unreadable"
    message = _(
        "There is no certificate to be read in {file}. "
        "GIAOBAN_SIGNING_ROOTS names a folder of certificates of authorities."
    )
