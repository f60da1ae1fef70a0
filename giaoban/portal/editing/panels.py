"""What the first page of the editors shows beside what Wagtail does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.models import Page

from giaoban.portal.pages.models import SectionPage

SHOWN = 10


class MyDraftsPanel(Component):
    """Drafts of one's own that wait for nobody: begun, or sent back to be mended."""

    name = "my_drafts"
    template_name = "portal/editing/my_drafts.html"
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """``drafts``: the pages, the one worked at last first; ``sections``: where an article may
        be begun."""
        request = parent_context["request"]
        mine = Page.objects.filter(owner=request.user, has_unpublished_changes=True)
        newest = mine.order_by("-latest_revision_created_at", "-pk").specific(defer=True)
        found = newest.prefetch_workflow_states()[:SHOWN]
        sections = SectionPage.objects.live().order_by("path")
        return {
            "drafts": [page for page in found if page.current_workflow_task is None],
            "sections": [
                page for page in sections
                if page.permissions_for_user(request.user).can_add_subpage()
            ],
        }  # fmt: skip
