"""Wagtail's choosers without scripts inside the page, which the editors' policy forbids.

Wagtail writes ``new ImageChooser("id", {…})`` into the page beside each chooser. Here the same
stands in attributes of an inert element, and ``editing.js`` begins it. The inputs for dates and the
inline panels do likewise in their templates, which this app overrides.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def render_chooser(
    self: Any,
    name: str,
    value: Any,
    attrs: Any = None,
    renderer: Any = None,  # noqa: ARG001
) -> SafeString:
    """``BaseChooser.render``, but for how the chooser is begun."""
    chosen = self.get_value_data(value)
    return format_html(
        '{}<template data-begin="{}" data-begin-id="{}" data-begin-with="{}"></template>',
        self.render_html(name, chosen, attrs), self.js_constructor, attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, chosen)),
    )  # fmt: skip


def begin_from_files() -> None:
    """Every chooser, also one of another slice, is rendered so from now on."""
    BaseChooser.render = render_chooser
