"""What is refused of pictures, of which nothing was kept, of sites, and of passwords of pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class PictureFileTooLarge(RuleBroken):
    code = "picture_file_too_large"
    message = _(
        "The picture has {size} MB; {most} MB at most are taken. Save it smaller, then bring it "
        "again."
    )


class NotAPicture(RuleBroken):
    code = "not_a_picture"
    message = _(
        "The file is no picture, whatever its name says. Choose a picture in one of the forms "
        "{choices}."
    )


class PictureTooManyPixels(RuleBroken):
    code = "picture_too_many_pixels"
    message = _(
        "The picture has {millions} million pixels; {most} million at most are taken. Make it "
        "smaller, then bring it again."
    )


class PictureDamaged(RuleBroken):
    code = "picture_damaged"
    message = _("The picture breaks off and can't be read to its end. Bring a whole copy of it.")


class SiteBegun(RuleBroken):
    code = "site_begun"
    message = _("There is a site already: {name}, of {unit}. One office has one site.")


class TooManyPasswords(RuleBroken):
    code = "password_tries_over"
    message = _(
        "Many wrong passwords have been tried for this page. Please try again after {time}."
    )


class TooManyPasswordsFromHere(TooManyPasswords):
    code = "password_tries_over_here"
    message = _(
        "Many wrong passwords have come from this network within a short time. Please try again "
        "after {time}."
    )
