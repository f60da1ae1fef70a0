"""What the demonstration refuses."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class DatabaseNotEmpty(RuleBroken):
    """The books already hold acts of somebody else."""

    code = "database_not_empty"
    message = _(
        "The journal already has {n} entries that are not the demonstration's. "
        "Play the demonstration into an empty database."
    )
