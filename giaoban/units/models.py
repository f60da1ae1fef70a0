"""The tables of units: an identity each, and dated rows that hang on reorganisation acts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from giaoban.journal import guards
from giaoban.journal.models import BookRow


class Titled(models.Model):
    """Reference data with a code and a title in both languages. Old figures are counted by it, so
    rows are only ever added: by a release, or by an office for its own."""

    is_identity = True

    code = models.SlugField(primary_key=True)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    position = models.SmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title_en if (get_language() or "vi").startswith("en") else self.title_vi


class Family(Titled):
    """A system of organisations of one nature: Party, trade union, youth union (hệ thống)."""

    class Meta(Titled.Meta):
        verbose_name = _("family")
        triggers = guards.append_only()


class UnitKind(Titled):
    """What an organisation is: đảng bộ huyện, đảng bộ cơ sở, chi bộ, công đoàn cơ sở …

    ``grassroots`` marks the kinds counted as tổ chức cơ sở đảng.
    """

    family = models.ForeignKey(Family, models.PROTECT)
    grassroots = models.BooleanField(default=False)

    class Meta(Titled.Meta):
        verbose_name = _("kind of unit")
        triggers = guards.append_only()


class Sector(Titled):
    """The block an organisation belongs to: communes, agencies, schools, enterprises … (khối)."""

    class Meta(Titled.Meta):
        verbose_name = _("sector")
        triggers = guards.append_only()


class Unit(models.Model):
    """The identity of an organisation. Its name, parent and lifetime are dated rows."""

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.ForeignKey(UnitKind, models.PROTECT, db_index=False)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, db_index=False)

    class Meta:
        verbose_name = _("unit")
        triggers = guards.append_only()

    def __str__(self) -> str:
        return self.code


class UnitRow(BookRow):
    """A dated row of a unit: it holds from the entry's effective day until the next one."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    from_on = models.DateField()

    class Meta:
        abstract = True


class Founding(UnitRow):
    """The identity as its founding act wrote it, so that the digest covers code and kind."""

    columns = ("unit_id", "from_on", "code", "kind_id", "sector_id")

    code = models.CharField(max_length=60)
    kind = models.ForeignKey(UnitKind, models.PROTECT, db_constraint=False, db_index=False)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, db_constraint=False, db_index=False
    )

    class Meta:
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.code} {self.from_on}"


class Closing(UnitRow):
    """The unit is no more from this day on."""

    columns = ("unit_id", "from_on")

    class Meta:
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.from_on}"


class Naming(UnitRow):
    """What the unit is called from this day on."""

    columns = ("unit_id", "from_on", "name")

    name = models.CharField(_("name"), max_length=250)

    class Meta:
        triggers = guards.book()

    def __str__(self) -> str:
        return self.name


class Placement(UnitRow):
    """Whom the unit is under from this day on, and its place among its siblings."""

    columns = ("unit_id", "from_on", "parent_id", "position")

    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    position = models.IntegerField(default=0)

    class Meta:
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id} {self.from_on}"


class Extent(models.IntegerChoices):
    """How much of the predecessor went to the successor."""

    WHOLE = 1, _("whole")
    PART = 2, _("part")


class Succession(UnitRow):
    """One line of a merger or split: from this day, ``unit`` went to ``successor``."""

    columns = ("unit_id", "from_on", "successor_id", "extent")

    successor = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    extent = models.SmallIntegerField(choices=Extent.choices)

    class Meta:
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.successor_id}"
