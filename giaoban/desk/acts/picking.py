"""Fields in which a person or a unit is found by typing: a text, and below it what it may mean.

Without a script the form is sent as it stands, and comes back with the choices; with htmx they
come while one types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.journal.queries import AsOf
from giaoban.ledger.finding import find_persons
from giaoban.ledger.queries import standings
from giaoban.people.queries import names_of, particulars_of
from giaoban.units.errors import UnitUnknown
from giaoban.units.queries import UnitLife, lives, tree_on, unit_by_code

MOST = 8
TEXT = "_text"


class Option(NamedTuple):
    """Something a text may mean: what is sent, what it is called, and what tells it apart."""

    value: str
    label: str
    detail: str


class Picked(NamedTuple):
    """What was sent: the choice, if one was made, and the text that was typed."""

    chosen: str
    text: str


@dataclass(frozen=True, slots=True)
class Now:
    """The day and the state of the books by which choices are described: today, all recorded."""

    sitting: Sitting

    @property
    def as_of(self) -> AsOf:
        return AsOf(self.sitting.today, 2**62)

    def persons(self, text: str) -> list[Option]:
        """Members in sight whose name holds the text, or whose number it is."""
        text = text.strip()
        digits = text.replace(".", "")
        if digits.isdecimal() and len(digits) < 15:
            return self.persons_numbered([int(digits)])
        if len(text) < 2:
            return []
        found = find_persons(text[:100], self.as_of, limit=MOST + 1)
        return self.persons_numbered([name.person for name in found])

    def namesakes(self, full: str) -> list[Option]:
        """Members in sight of this very name, with or without diacritics."""
        wanted = vietnamese.fold(full)
        found = find_persons(full, self.as_of, limit=MOST)
        same = [one.person for one in found if one.full and vietnamese.fold(one.full) == wanted]
        return self.persons_numbered(same)

    def persons_numbered(self, numbers: list[int]) -> list[Option]:
        """These members, as far as they are in sight."""
        names = names_of(numbers, self.as_of)
        born = particulars_of(list(names), self.as_of)
        places = {place.person: place for place in standings(names, self.as_of)}
        where = lives({place.unit for place in places.values()}, self.as_of)
        options = []
        for number in numbers:
            if number not in names:
                continue
            facts = [_("no. {n}").format(n=vietnamese.format_number(number))]
            told = born.get(number)
            if told is not None and told.born_on is not None:
                day = vietnamese.format_date(told.born_on)
                facts.append(_("born {day}").format(day=day))
            if number in places:
                place = places[number]
                facts += [str(place.account.label), where[place.unit].name]
            options.append(Option(str(number), str(names[number]), ", ".join(facts)))
        return options

    def standing_units(self, person: int, on: date) -> list[Option]:
        """The units in sight where a member stands on a day, one for each family."""
        places = standings([person], AsOf(on, 2**62))
        where = lives({place.unit for place in places}, self.as_of)
        return self._described((where[place.unit] for place in places), where)

    def units(self, text: str, *, everywhere: bool) -> list[Option]:
        """Units whose name or code holds the text: of those in sight, or of all."""
        wanted = vietnamese.fold(text.strip())
        if not wanted:
            return []
        all_units = lives(None if everywhere else self.sitting.units, self.as_of)
        found = [
            life for life in all_units.values()
            if wanted in vietnamese.fold(life.name) or wanted in life.code.lower()
        ]  # fmt: skip
        exact = text.strip().lower()
        found.sort(key=lambda life: (
            life.code.lower() != exact, life.closed is not None, life.name.lower() != exact,
            exact not in life.name.lower(), life.name, life.code,
        ))  # fmt: skip
        return self._described(found[: MOST + 1], all_units)

    def unit_coded(self, code: str, *, everywhere: bool) -> list[Option]:
        """The unit with this code, if it may be chosen."""
        try:
            unit = unit_by_code(code)
        except UnitUnknown:
            return []
        if not everywhere and unit not in self.sitting.units:
            return []
        return self._described(lives([unit], self.as_of).values(), {})

    def _described(self, found: Iterable[UnitLife], known: dict[int, UnitLife]) -> list[Option]:
        listed = list(found)
        tree = tree_on(AsOf(self.sitting.today, self.sitting.head.number))
        above = {life.id: tree.ancestors(life.id)[1:2] for life in listed}
        missing = {up[0] for up in above.values() if up and up[0] not in known}
        names = {**known, **(lives(missing, self.as_of) if missing else {})}
        options = []
        for life in listed:
            facts = [names[up].name for up in above[life.id]]
            if life.closed is not None:
                day = vietnamese.format_date(life.closed)
                facts.append(_("closed on {day}").format(day=day))
            options.append(Option(life.code, life.name, ", ".join([life.code, *facts])))
        return options

    def options(self, field: str, text: str) -> list[Option]:
        """What a text may mean in a field of this name."""
        if field == "person":
            return self.persons(text)
        return self.units(text, everywhere=field == "to")

    def option(self, field: str, value: str) -> Option | None:
        """The choice that was made in a field, if it may be made."""
        if field == "person":
            number = int(value) if value.isdecimal() and len(value) < 15 else 0
            found = self.persons_numbered([number])
        else:
            found = self.unit_coded(value, everywhere=field == "to")
        return found[0] if found else None


class PickWidget(forms.Widget):
    """A text to type and the choices below it."""

    template_name = "desk/acts/pick.html"
    input_type = "text"

    def __init__(self, field: str, url: str) -> None:
        super().__init__()
        self.field, self.url = field, url
        self.options: list[Option] = []
        self.meant: Option | None = None

    def value_from_datadict(
        self,
        data: Any,
        files: Any,  # noqa: ARG002 - Django's signature
        name: str,
    ) -> Picked:
        return Picked(data.get(name, "").strip(), data.get(name + TEXT, "").strip())

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else Picked("", "")
        chosen = self.meant.value if self.meant else picked.chosen
        context["pick"] = {
            "text_name": name + TEXT, "text": picked.text, "chosen": chosen,
            "options": self.options[:MOST], "more": len(self.options) > MOST, "url": self.url,
        }  # fmt: skip
        return context


class PickField(forms.Field):
    """A person or a unit; its clean value is the ``Option`` that was meant, or None."""

    def __init__(self, field: str, now: Now, url: str, **more: Any) -> None:
        self.now, self.field = now, field
        super().__init__(widget=PickWidget(field, url), **more)

    def choose(self, value: str) -> Picked:
        """The field as it shows when somebody came here with a choice."""
        option = self.now.option(self.field, value) if value else None
        self._show([option] if option else [])
        return Picked(value, option.label) if option else Picked("", "")

    def clean(self, value: Any) -> Option | None:
        """The one that is meant. A text of one meaning needs no choice."""
        picked = value if isinstance(value, Picked) else Picked("", "")
        option = self.now.option(self.field, picked.chosen) if picked.chosen else None
        if option is not None and picked.text in ("", option.label):
            return self._mean(option, [option])
        options = self.now.options(self.field, picked.text) if picked.text else []
        if option is not None and option in options:
            return self._mean(option, options)
        self._show(options)
        exact = [one for one in options if picked.text in (one.value, one.label)]
        if len(options) == 1 or len(exact) == 1:
            return self._mean((exact or options)[0], options)
        if options:
            raise forms.ValidationError(_("Several are meant by this. Choose one of them."))
        if picked.text or picked.chosen:
            raise forms.ValidationError(
                _("Nothing of this name or number is in sight. Look at the spelling.")
            )
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return None

    def _mean(self, option: Option, options: list[Option]) -> Option:
        self._show(options)
        self.widget.meant = option
        return option

    def _show(self, options: list[Option]) -> None:
        self.widget.options = options
