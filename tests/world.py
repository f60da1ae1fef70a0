"""The world that tests happen in: one district, its units, a clerk, a colleague, a stranger.

Everything is set up through actions, as an office would. Days are in 2018 unless a test says
otherwise; ``Clock`` tells the recording time, which only goes forward.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from giaoban.journal.writing import VIETNAM, BasisOn, Recorder
from giaoban.ledger import actions
from giaoban.ledger.reorganisation import found_units
from giaoban.people.actions import NewParticulars, NewPerson, appoint_login, register_person
from giaoban.people.models import Login, Role
from giaoban.units.queries import unit_by_code
from giaoban.units.rules import NewUnit

FOUNDED = date(2010, 1, 1)
DECISION = BasisOn("15-QĐ/HU", date(2018, 1, 10), "Huyện ủy Thạch Thất", "Quyết định")

UNITS = [
    NewUnit(code="TP", kind="party-central", name="Đảng bộ thành phố", parent=None),
    NewUnit(code="HU", kind="party-district", name="Đảng bộ huyện", parent="TP"),
    NewUnit(code="CY", kind="party-base", name="Xã Cẩm Yên", parent="HU", sector="commune"),
    NewUnit(code="TX", kind="party-base", name="Xã Tiến Xuân", parent="HU", sector="commune"),
    NewUnit(code="YB", kind="party-base", name="Xã Yên Bình", parent="HU", sector="commune"),
    NewUnit(code="CY1", kind="party-cell", name="Chi bộ thôn 1", parent="CY"),
    NewUnit(code="CY2", kind="party-cell", name="Chi bộ thôn 2", parent="CY"),
    NewUnit(code="TX1", kind="party-cell", name="Chi bộ thôn 1", parent="TX"),
    NewUnit(code="LD", kind="union-superior", name="Liên đoàn Lao động huyện", parent="HU"),
    NewUnit(code="HU2", kind="party-district", name="Đảng bộ huyện bên", parent="TP"),
    NewUnit(code="NL", kind="party-base", name="Xã Ngọc Liệp", parent="HU2", sector="commune"),
]


@dataclass
class World:
    """The district, with short names for what stories need."""

    clerk: str = "chuyenvien"
    colleague: str = "dongnghiep"
    stranger: str = "nguoila"
    at: datetime = field(default=datetime(2017, 12, 1, 8, tzinfo=VIETNAM))

    def by(self, day: date | None = None, login: str | None = None) -> Recorder:
        """The clerk (or another login) recording on a day, the last one by default."""
        if day is not None:
            self.at = max(self.at, datetime.combine(day, time(8), VIETNAM))
        self.at += timedelta(seconds=1)
        return Recorder(login or self.clerk, self.at)

    def unit(self, code: str) -> int:
        return unit_by_code(code)

    def person(self, name: str = "Nguyễn Văn An", **particulars: object) -> int:
        new = NewPerson(name, NewParticulars(**particulars), on=self.at.date())  # type: ignore[arg-type]
        return register_person(new, by=self.by())

    def member(self, code: str, name: str = "Nguyễn Văn An", on: date = date(2017, 1, 1)) -> int:
        """A full member standing in a unit from a day on."""
        person = self.person(name)
        actions.open_balance(person=person, unit=self.unit(code), on=on, by=self.by(on))
        return person

    def admit(self, code: str, on: date, person: int | None = None, **more: object) -> int:
        """Somebody admitted to a unit on a day; recorded that day unless the clock is later."""
        person = person or self.person()
        return actions.admit_member(
            person=person, unit=self.unit(code), decided_on=on, ceremony_on=on,
            basis=DECISION, by=self.by(on), **more,  # type: ignore[arg-type]
        )  # fmt: skip


def build() -> World:
    """Found the units and appoint the clerk (the whole district) and a colleague (one commune)."""
    world = World()
    for login in (world.clerk, world.colleague, world.stranger):
        Login.objects.create_user(login, password=None)
    basis = BasisOn("01-QĐ/TU", FOUNDED, "Thành ủy", "Quyết định thành lập")
    found_units([(UNITS[0], FOUNDED, basis, None)], by=world.by())
    appoint_login(world.clerk, world.unit("TP"), Role.CLERK, on=FOUNDED, by=world.by())
    found_units([(new, FOUNDED, basis, None) for new in UNITS[1:]], by=world.by())
    appoint_login(world.colleague, world.unit("CY"), Role.CLERK, on=FOUNDED, by=world.by())
    return world
