"""Why the books are not backed up, or not restored. The present books are then as they were."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class FileThere(RuleBroken):
    code = "file_there"
    message = _("The file {file} is there already. Give another name, or --force to replace it.")


class BackupRunning(RuleBroken):
    code = "backup_running"
    message = _("Another backup is being written to {file}. Wait for it, or give another name.")


class BackupFailed(RuleBroken):
    code = "backup_failed"
    message = _("The books were not backed up: {reason}")


class BackupUnreadable(RuleBroken):
    code = "backup_unreadable"
    message = _("The file {file} can't be read: {reason}. Check its name and place.")


class BackupBroken(RuleBroken):
    code = "backup_broken"
    message = _(
        "The file {file} is no whole backup ({reason}). The present books are as they were; "
        "take another backup."
    )


class BackupForeign(RuleBroken):
    code = "backup_foreign"
    message = _("The file {file} is no backup of these books. The present books are as they were.")


class VersionDiffers(RuleBroken):
    code = "version_differs"
    message = _(
        "The file was made by another version of Giao Ban; the tables differ by {names}. "
        "Restore with that version, then run giaoban setup with this one."
    )


class BooksNotEmpty(RuleBroken):
    code = "books_not_empty"
    message = _(
        "The journal holds {n} entries. Give --replace to put the file in their place; "
        "the present books are kept under another name."
    )


class NotSound(RuleBroken):
    code = "not_sound"
    message = _(
        "The books in the file do not verify: {faults}. The present books are as they were."
    )


class MayNotCreate(RuleBroken):
    code = "may_not_create"
    message = _(
        "The role {role} may not create databases on this server. "
        "Ask its administrator for CREATEDB, or name another role in DATABASE_OWNER_URL."
    )


class BooksInUse(RuleBroken):
    code = "books_in_use"
    message = _("Somebody is working with the books just now. Try again when nobody is.")
