"""A figure in the editor and on the page: what is kept in a sentence, and what is made of it."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.rich_text import EmbedHandler

from giaoban.portal.living.citing import FIGURE, key_of
from giaoban.portal.living.models import PublicFigure
from giaoban.portal.living.queries import (
    Fate,
    Key,
    Since,
    fates,
    figures_of,
    known_since,
    public_issues,
)
from giaoban.reports.issues import Standing
from giaoban.vietnamese import MISSING

ENTITY = "FIGURE"


class FigureEmbedHandler(EmbedHandler):
    """Makes a button of a figure in a sentence; its card stands once in the page."""

    identifier = FIGURE

    @staticmethod
    def get_model() -> type[PublicFigure]:
        """What is referred to."""
        return PublicFigure

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Each figure as the public sees it, all of a text asked for at once."""
        keys = [key_of(attrs) for attrs in attrs_list]
        found = figures_of({key for key in keys if key is not None})
        public = public_issues() if found else set()
        since = known_since(list(found.values()))
        told = fates({issue for issue, _address in found})
        return [
            _shown(found.get(key) if key else None, public, told, since, attrs)
            for key, attrs in zip(keys, attrs_list, strict=True)
        ]


def _shown(
    figure: PublicFigure | None, public: set[int], told: dict[int, Fate], since: dict[int, Since],
    attrs: dict[str, str],
) -> str:  # fmt: skip
    if figure is None:
        return format_html("{}", attrs.get("text") or MISSING)
    if figure.edition_id not in public:
        return format_html("{}", figure.text)
    fate, corrected = told[figure.edition_id], since[figure.pk].corrected_on is not None
    # What is hidden from the eye is a word of its own to a screen reader: brackets stand where a
    # comma would get a blank before it.
    return format_html(
        '<button class="fig{}" type="button" popovertarget="{}">{}'
        '<span class="vh"> ({})</span></button>',
        " no-more" if corrected or not fate.in_force else "",
        figure.anchor,
        figure.text,
        _said_aloud(fate, corrected=corrected),
    )


def _said_aloud(fate: Fate, *, corrected: bool) -> str:
    """What the name of a number's button says behind it: what became of it, and where it leads."""
    if corrected:
        return _("corrected, see the source")
    if fate.standing is Standing.WITHDRAWN:
        return _("report withdrawn, see the source")
    if fate.standing is Standing.REPLACED:
        return _("report replaced, see the source")
    return _("see the source of the number")


class FigureElementHandler(InlineEntityElementHandler):
    """A figure as the editor has it: its number, which can't be typed over, and what it is."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """What is kept of it."""
        key = key_of(attrs)
        figure = figures_of({key}).get(key) if key else None
        told = {"issue": attrs.get("issue", ""), "address": attrs.get("address", "")}
        if figure is None:
            return {**told, "text": attrs.get("text") or MISSING, "said": ""}
        return {**told, "text": figure.text, "said": said_of(figure)}

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        """Its number stands in the sentence."""
        super().handle_starttag(name, attrs, state, contentstate)
        state.current_block.text += self.get_attribute_data(dict(attrs))["text"]
        state.leading_whitespace = KEEP_WHITESPACE


def said_of(figure: PublicFigure) -> str:
    """A figure in one line, for the editor."""
    return f"{figure.counted_told}; {figure.whom_told}; {figure.edition.symbol}"


def figure_entity(props: dict[str, Any]) -> Any:
    """A figure as it is kept; how it reads is asked of the figure, not of the browser."""
    key: Key | None = key_of({**props, "embedtype": FIGURE})
    figure = figures_of({key}).get(key) if key else None
    return DOM.create_element(
        "embed",
        {
            "embedtype": FIGURE,
            "issue": str(props.get("issue", "")),
            "address": props.get("address", ""),
            "text": figure.text if figure else props.get("text") or MISSING,
        },
    )


CONVERSION = {
    "from_database_format": {f'embed[embedtype="{FIGURE}"]': FigureElementHandler(ENTITY)},
    "to_database_format": {"entity_decorators": {ENTITY: figure_entity}},
}
