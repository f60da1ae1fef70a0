"""How many comments are taken: from one address, below one article, altogether."""

from __future__ import annotations

from giaoban.portal.comments.errors import TooMany, TooManyFromHere
from giaoban.portal.pages.limits import Counted, Limit

# A whole office, or a village behind one aerial, may have a single address.
TRIES = Limit("tries", 60, 10, TooManyFromHere)
FROM_HERE = Limit("here", 10, 30, TooManyFromHere)
BELOW_ONE = Limit("page", 100, 60, TooMany)
ALTOGETHER = Limit("all", 600, 60, TooMany)


def a_try(address: str) -> Counted:
    """Whatever is sent from an address (its hash), taken or not."""
    return Counted(((TRIES, f"{TRIES.name}:{address}"),))


def a_comment(address: str, page_id: int) -> Counted:
    """A comment that is taken: from an address (its hash), below an article, altogether."""
    return Counted((
        (ALTOGETHER, ALTOGETHER.name),
        (BELOW_ONE, f"{BELOW_ONE.name}:{page_id}"),
        (FROM_HERE, f"{FROM_HERE.name}:{address}"),
    ))  # fmt: skip
