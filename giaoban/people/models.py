"""The tables of people: logins and appointments, persons, their names and particulars."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.journal import guards
from giaoban.journal.models import BookRow, SealedRow
from giaoban.units.models import Unit


class Login(AbstractUser):
    """What somebody signs in with (tài khoản). What it may do is told by its appointments.

    A password that somebody else has given is good for one sign-in: then it must be changed.
    """

    must_change_password = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("login")


class LoginChange(models.Model):
    """One line of what was done to a login and by whom: created, password given, closed, opened.

    No book: the journal tells what a login may do, this who gave it into whose hands. Lines are
    only ever added.
    """

    is_identity = True

    class What(models.IntegerChoices):
        """What was done to the login."""

        CREATED = 1, _("login created")
        PASSWORD_GIVEN = 2, _("new first password given")
        PASSWORD_CHOSEN = 3, _("own password chosen")
        CLOSED = 4, _("login closed")
        REOPENED = 5, _("login opened again")
        SECOND_STEP_DROPPED = 6, _("second step taken away")

    id = models.BigAutoField(primary_key=True)
    login_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    what = models.SmallIntegerField(choices=What.choices)
    by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("change of a login")
        indexes = [models.Index(fields=["login_name", "-at"], name="login_change_login")]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.login_name} {self.get_what_display()}"


class Role(models.IntegerChoices):
    """What a login does for its units."""

    CLERK = 1, _("clerk of the board")
    SECRETARY = 2, _("unit secretary")
    LEADER = 3, _("leader")
    EDITOR = 4, _("editor")
    ADMINISTRATOR = 5, _("administrator")
    WRITER = 6, _("writer")
    PUBLISHER = 7, _("publisher")


class Appointment(BookRow):
    """Links a login to a unit and all below it, in a role, from a day on (phân công phụ trách).

    A later row with ``ends`` set ends it.
    """

    columns = ("login_name", "unit_id", "role", "from_on", "ends")

    login_name = models.CharField(max_length=150)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    role = models.SmallIntegerField(choices=Role.choices)
    from_on = models.DateField()
    ends = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("appointment")
        indexes = [models.Index(fields=["login_name"], name="appointment_login")]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.login_name} {self.unit_id}"


class Person(models.Model):
    """The identity of a person: a number that stands for them in every book.

    Where a person stands is read from the ledger; name and particulars are dated, sealed rows.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)

    class Meta:
        verbose_name = _("member")
        triggers = guards.append_only()

    def __str__(self) -> str:
        return str(self.pk)


class PersonName(SealedRow):
    """What a person is called from a day on: the full name and its split."""

    columns = ("person_id", "from_on")
    sealed = ("full_name", "family", "middle", "given")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)
    from_on = models.DateField()
    full_name = models.CharField(_("full name"), max_length=200, null=True)  # noqa: DJ001 - erased
    family = models.CharField(_("family name"), max_length=100, null=True)  # noqa: DJ001
    middle = models.CharField(_("middle name"), max_length=100, null=True)  # noqa: DJ001
    given = models.CharField(_("given name"), max_length=100, null=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("name")
        triggers = guards.sealed_book("full_name", "family", "middle", "given")

    def __str__(self) -> str:
        return self.full_name or ""


class NameKey(models.Model):
    """What a name is found and sorted by. No book but an index: made from the names, made anew
    when the weights of the collation change (``name_keys.py``), gone with an erasure."""

    pk = models.CompositePrimaryKey("entry_id", "line")
    entry_id = models.BigIntegerField()
    line = models.IntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)
    folded = models.CharField(max_length=200)
    sort_key = models.BinaryField()
    made_with = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("key of a name")
        # Who bears a name, in the order of lists, without a look at the table.
        indexes = [models.Index(fields=["sort_key", "person"], name="name_in_order")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.line}"


class Spelling(models.Model):
    """A name as it is written, once for all its bearers, under the key that they are sorted by.
    Part of the index (``spellings.py``), gone with the last who bears it."""

    sort_key = models.BinaryField(primary_key=True)
    lowered = models.CharField(max_length=400)
    folded = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("spelling of a name")

    def __str__(self) -> str:
        return self.lowered


class NameWord(models.Model):
    """A word of names, and in how many spellings it stands (which only says where to begin a
    search). Part of the index."""

    id = models.BigAutoField(primary_key=True)
    lowered = models.CharField(max_length=400, unique=True)
    folded = models.CharField(max_length=400)
    spellings = models.IntegerField()

    class Meta:
        verbose_name = _("word of names")

    def __str__(self) -> str:
        return self.lowered


class WordSpelling(models.Model):
    """One spelling that a word stands in: for each word all of them, in the order of lists. Part of
    the index."""

    pk = models.CompositePrimaryKey("word_id", "sort_key")
    word = models.ForeignKey(
        NameWord, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    sort_key = models.BinaryField()

    class Meta:
        verbose_name = _("spelling with a word")

    def __str__(self) -> str:
        return str(self.word_id)


class Particulars(SealedRow):
    """What statistics break members down by, as it holds from a day on (trích ngang).

    Codes come from ``codes.py``; religion is optional; nothing is kept that no statistic or
    procedure uses.
    """

    columns = ("person_id", "from_on")
    sealed = (
        "sex",
        "born_on",
        "ethnicity",
        "religion",
        "schooling",
        "profession",
        "theory",
        "occupation",
    )

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)
    from_on = models.DateField()
    sex = models.CharField(_("sex"), max_length=10, null=True)  # noqa: DJ001 - erased
    born_on = models.DateField(_("date of birth"), null=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=40, null=True)  # noqa: DJ001
    religion = models.CharField(_("religion"), max_length=40, null=True)  # noqa: DJ001
    schooling = models.CharField(_("general education"), max_length=40, null=True)  # noqa: DJ001
    profession = models.CharField(_("professional education"), max_length=40, null=True)  # noqa: DJ001
    theory = models.CharField(_("political theory"), max_length=40, null=True)  # noqa: DJ001
    occupation = models.CharField(_("occupation"), max_length=40, null=True)  # noqa: DJ001

    class Meta:
        verbose_name = _("particulars")
        triggers = guards.sealed_book(*("sex", "born_on", "ethnicity", "religion", "schooling",
                                        "profession", "theory", "occupation"))  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id} {self.from_on}"


class Registration(BookRow):
    """The identity of a person as its entry wrote it, so that the digest covers the number."""

    columns = ("person_id",)

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        triggers = guards.book()

    def __str__(self) -> str:
        return str(self.person_id)


class Access(models.Model):
    """One line of the access log: a login saw or exported a person's record. No book: it is not
    about the office's acts but about who looked at them; lines are only ever added."""

    is_identity = True

    class What(models.IntegerChoices):
        """What was done with the record."""

        SEEN = 1, _("seen")
        SEEN_SENSITIVE = 2, _("ethnicity and religion seen")
        EXPORTED = 3, _("exported")

    id = models.BigAutoField(primary_key=True)
    login_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    what = models.SmallIntegerField(choices=What.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("line of the access log")
        verbose_name_plural = _("access log")
        indexes = [
            models.Index(fields=["person", "-at"], name="access_person"),
            models.Index(fields=["login_name", "-at"], name="access_login"),
            # What was seen or taken away at once is one line of the page.
            models.Index(fields=["at", "login_name", "what"], name="access_act"),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.login_name} {self.get_what_display()} {self.person_id}"
