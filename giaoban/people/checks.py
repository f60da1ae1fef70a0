"""Are the books of people sound? Each check is one invariant, over all that is recorded."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.journal.checks import Check, Finding
from giaoban.journal.sql import fetch
from giaoban.people import name_keys, spellings
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.people.models import Appointment, NameKey, Particulars, Person, PersonName, Role


def persons_are_registered() -> Finding:
    """Each person was registered by one entry, and each registration has its person."""
    finding = Finding(_("people: registrations"), looked_at=Person.objects.count())
    rows = fetch(
        "SELECT p.id, r.person_id, count(*) FROM people_person AS p"
        " FULL JOIN people_registration AS r ON r.person_id = p.id GROUP BY 1, 2"
        " HAVING p.id IS NULL OR r.person_id IS NULL OR count(*) > 1 ORDER BY 1, 2"
    )
    for person, registered, times in rows:
        if registered is None:
            finding.fault(_("person {n} was registered by no entry").format(n=person))
        elif person is None:
            finding.fault(_("there is no person {n}, who was registered").format(n=registered))
        else:
            text = _("person {n} was registered {times} times")
            finding.fault(text.format(n=person, times=times))
    return finding


def persons_have_names() -> Finding:
    """Each person has a name from some day on, or had one that was erased."""
    finding = Finding(_("people: names"), looked_at=Person.objects.count())
    rows = fetch(
        "SELECT p.id FROM people_person AS p WHERE NOT EXISTS ("
        " SELECT FROM people_personname AS n WHERE n.person_id = p.id) ORDER BY 1"
    )
    for (person,) in rows:
        finding.fault(_("person {n} has no name").format(n=person))
    return finding


def rows_name_persons() -> Finding:
    """Every name and every set of particulars belongs to a person that there is."""
    finding = Finding(_("people: rows name known persons"))
    for book in (PersonName, Particulars):
        table = book._meta.db_table
        finding.looked_at += book.objects.count()
        rows = fetch(
            f"SELECT x.entry_id, x.line, x.person_id FROM {table} AS x"
            " LEFT JOIN people_person AS p ON p.id = x.person_id WHERE p.id IS NULL ORDER BY 1, 2"
        )
        for number, line, person in rows:
            text = _("{row}: there is no person {n}")
            finding.fault(text.format(row=f"{table} {number}/{line}", n=person))
    return finding


def names_can_be_found() -> Finding:
    """The keys that names are found and sorted by are those of the names, and no others."""
    finding = Finding(_("people: keys of names"))
    keys = {(key.entry_id, key.line): key for key in NameKey.objects.all().iterator()}
    order = vietnamese.NameOrder(settings.NAME_ORDER)
    names = PersonName.objects.filter(salt__isnull=False).order_by("entry_id", "line")
    for row in names.iterator(chunk_size=5000):
        finding.looked_at += 1
        where = f"people_personname {row.entry_id}/{row.line}"
        key = keys.pop((row.entry_id, row.line), None)
        try:
            name = name_keys.named_by(row).name
        except vietnamese.BadText:
            finding.fault(_("{row}: the parts are not the name's").format(row=where))
            continue
        if key is None or key.folded != vietnamese.fold(name.full):
            finding.fault(_("{row}: the search key is not the name's").format(row=where))
        elif bytes(key.sort_key) != vietnamese.name_sort_key(name, order):
            finding.fault(_("{row}: the sort key is not the name's").format(row=where))
    for number, line in sorted(keys):
        row = f"people_namekey {number}/{line}"
        finding.fault(_("{row}: a key of a name that is not there").format(row=row))
    return finding


def names_are_in_the_dictionary() -> Finding:
    """Each key has its spelling, each spelling is some name's, and its words lead to it."""
    finding = Finding(_("people: dictionary of names"))
    rows = fetch(
        "SELECT encode(COALESCE(s.sort_key, k.sort_key), 'hex'), x.full_name, k.folded, s.lowered,"
        " s.folded FROM people_spelling AS s FULL JOIN ("
        "  SELECT DISTINCT ON (sort_key) sort_key, folded, entry_id, line FROM people_namekey"
        "  ORDER BY sort_key) AS k USING (sort_key)"
        " LEFT JOIN people_personname AS x ON x.entry_id = k.entry_id AND x.line = k.line"
    )
    led: dict[str, list[str]] = dict(
        fetch(
            "SELECT encode(p.sort_key, 'hex'), array_agg(w.lowered || '/' || w.folded)"
            " FROM people_wordspelling AS p JOIN people_nameword AS w ON w.id = p.word_id"
            " GROUP BY 1"
        )
    )
    for key, full, folded, *told in rows:
        finding.looked_at += 1
        text = _("spelling “{name}”: not as its names are written, or not under its words")
        written = (full or "").lower()
        words = {f"{word}/{vietnamese.fold(word)}" for word in spellings.words_of(written)}
        if told != [written, folded] or set(led.pop(key, ())) != words:
            finding.fault(text.format(name=full or told[0]))
    for stray in led.values():
        text = _("words {words}: lead to a spelling that is not there")
        finding.fault(text.format(words=", ".join(sorted(stray))))
    return finding


def particulars_are_coded() -> Finding:
    """Particulars hold codes of the lists, or nothing."""
    finding = Finding(_("people: codes of particulars"), looked_at=Particulars.objects.count())
    for name in CODED_FIELDS:
        rows = fetch(
            f"SELECT x.entry_id, x.line, x.{name} FROM people_particulars AS x"
            f" WHERE x.{name} <> ALL(%(codes)s) ORDER BY 1, 2",
            codes=list(code_lists()[name]),
        )
        for number, line, value in rows:
            text = _("{row}: {field} has no code {value}")
            where = f"people_particulars {number}/{line}"
            finding.fault(text.format(row=where, field=name, value=value))
    return finding


def appointments_name_logins_and_units() -> Finding:
    """Each appointment names a login, a unit and a role that there are."""
    finding = Finding(_("people: appointments"), looked_at=Appointment.objects.count())
    rows = fetch(
        "SELECT x.entry_id, x.line, l.id IS NULL, x.login_name, u.id IS NULL, x.unit_id, x.role"
        " FROM people_appointment AS x LEFT JOIN people_login AS l ON l.username = x.login_name"
        " LEFT JOIN units_unit AS u ON u.id = x.unit_id"
        " WHERE l.id IS NULL OR u.id IS NULL OR x.role <> ALL(%(roles)s) ORDER BY 1, 2",
        roles=[int(role) for role in Role],
    )
    for number, line, no_login, login, no_unit, unit, role in rows:
        text = _("{row}: there is no role {role}")
        if no_login:
            text = _("{row}: there is no login {login}")
        elif no_unit:
            text = _("{row}: there is no unit {unit}")
        where = f"people_appointment {number}/{line}"
        finding.fault(text.format(row=where, login=login, unit=unit, role=role))
    return finding


CHECKS: list[Check] = [
    persons_are_registered,
    persons_have_names,
    rows_name_persons,
    names_can_be_found,
    names_are_in_the_dictionary,
    particulars_are_coded,
    appointments_name_logins_and_units,
]
