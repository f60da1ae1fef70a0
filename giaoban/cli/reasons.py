"""Why a file can't be read or written, in the office's words: the system speaks English."""

from __future__ import annotations

import errno

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_REASONS: dict[int, str | Promise] = {
    errno.EACCES: _("no right to it"),
    errno.EPERM: _("no right to it"),
    errno.EROFS: _("nothing can be written there"),
    errno.ENOENT: _("there is no such file or folder"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("a part of the path is no folder"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.ELOOP: _("it is a link"),
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("the disk is full"),
    errno.EADDRINUSE: _("in use already"),
    errno.EADDRNOTAVAIL: _("this machine has no such address"),
}


def reason(broken: Exception) -> str:
    """What stood in the way, in the active language; what is rare stays as the system says it."""
    if isinstance(broken, UnicodeError):
        return str(_("it is not written in UTF-8"))
    if isinstance(broken, OSError):
        return str(_REASONS.get(broken.errno or 0) or broken.strerror or broken)
    return str(broken)
