"""Why a feed gave nothing, what of its answer was kept out, and what can't be entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken

if TYPE_CHECKING:
    from giaoban.portal.boards.feeds.asking import Answer


class AskedTooSoon(RuleBroken):
    code = "board_asked_too_soon"
    message = _("{feed} was asked just now and may be asked again at {moment}.")


class FeedFault(RuleBroken):
    """The family of all that can be wrong with a feed or with a value."""

    code = "feed_fault"
    message = _("It gave nothing that can be used.")


class FeedSilent(FeedFault):
    code = "feed_silent"
    message = _("It did not answer within {seconds} seconds.")


class FeedUnreachable(FeedFault):
    code = "feed_unreachable"
    message = _("It can't be reached.")


class FeedNotTrusted(FeedFault):
    code = "feed_not_trusted"
    message = _("Its certificate is not to be trusted.")


class FeedCutShort(FeedFault):
    code = "feed_cut_short"
    message = _("The answer broke off, or can't be unpacked.")


class FeedTooLarge(FeedFault):
    code = "feed_too_large"
    message = _("The answer is larger than {most} kB.")


class FeedRefused(FeedFault):
    code = "feed_refused"
    message = _("It answered with status {status}.")

    answer: Answer | None = None  # for what its head says of when to come again


class FeedDeprecated(FeedFault):
    code = "feed_deprecated"
    message = _("It says that this way of asking will end (status 203). A new version is needed.")


class FeedUnreadable(FeedFault):
    code = "feed_unreadable"
    message = _("The answer is not what is documented: no {form} of that kind, or broken letters.")


class FeedUnsafe(FeedFault):
    code = "feed_unsafe"
    message = _("The answer carries entities of its own or of elsewhere, which are not opened.")


class FeedOtherUnit(FeedFault):
    code = "feed_other_unit"
    message = _("It gives {found} where {expected} is expected.")


class FeedOtherPlace(FeedFault):
    code = "feed_other_place"
    message = _("It answers for another place than {place}.")


class TimeAhead(FeedFault):
    code = "feed_time_ahead"
    message = _("Its time, {moment}, is in the future.")


class TimeBehind(FeedFault):
    code = "feed_time_behind"
    message = _("{what}: its time, {moment}, is before that of what is known already.")


class PriceUnreadable(FeedFault):
    code = "price_unreadable"
    message = _("{kind}: “{text}” is no price.")


class PriceNotListed(FeedFault):
    code = "price_not_listed"
    message = _("{kind} is not in the answer.")


class PriceTwice(FeedFault):
    code = "price_twice"
    message = _("{kind} is given twice, with different prices.")


class PriceNotAboveZero(FeedFault):
    code = "price_not_above_zero"
    message = _("{kind}: {value} is not above zero. Where there is no price, write –.")


class PricesCrossed(FeedFault):
    code = "prices_crossed"
    message = _("{kind}: bought for {buy} and sold for {sell}, which is less.")


class PriceFarOff(FeedFault):
    code = "price_far_off"
    message = _("{kind}: {value} is ten times or a tenth of the last price, {last}.")


class TemperatureFarOff(FeedFault):
    code = "temperature_far_off"
    message = _("{place}: {value} °C is not between −10 and 50.")


class HumidityFarOff(FeedFault):
    code = "humidity_far_off"
    message = _("{place}: {value}%, which is not between 0 and 100.")


NOTES: dict[str, type[FeedFault]] = {fault.code: fault for fault in FeedFault.__subclasses__()}
