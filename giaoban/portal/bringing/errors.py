"""Why a folder or a page can't be brought. The others go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class FolderMissing(RuleBroken):
    code = "folder_missing"
    message = _("There is no folder {path}.")


class SectionUnknown(RuleBroken):
    code = "section_unknown"
    message = _("The site has no section {slug}; it has {choices}.")


class NoSite(RuleBroken):
    code = "no_site"
    message = _("There is no site with sections yet. Lay it out first, then bring pages.")


class PageEmpty(RuleBroken):
    code = "page_empty"
    message = _("The file is empty.")


class PageTooLarge(RuleBroken):
    code = "page_too_large"
    message = _("The file has {megabytes} MB; a page may have {most}.")


class PageNotText(RuleBroken):
    code = "page_not_text"
    message = _("The file is no text: perhaps a picture or a program under the name of a page.")


class PageUnreadable(RuleBroken):
    code = "page_unreadable"
    message = _("The file can't be read: {reason}")


class PageIsLink(RuleBroken):
    code = "page_is_link"
    message = _("The file is a link to somewhere else and is not followed.")


class NoArticle(RuleBroken):
    code = "no_article"
    message = _("No article was found in the page: {missing}.")
