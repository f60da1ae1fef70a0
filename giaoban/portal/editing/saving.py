"""Two editors at once: who saves a page that has changed meanwhile is told, and loses nothing.

Wagtail tells two editors of each other, and its autosave gives way to a newer version; but the
button "save" lets the last one win. Here the first such save is refused: what was typed stays in
the form, the other version in the page's history, and who has seen that may save over it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from giaoban.portal.editing.errors import ChangedMeanwhile


class CarefulEditView(EditView):
    """Wagtail's page for editing a page, but that a stale save is refused once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody else has since this form was opened.

        Of two who save in the same moment the second waits for the first, and is refused.
        """
        with transaction.atomic():
            locked = Page.objects.select_for_update().get(pk=self.page.pk)
            self.latest_revision = locked.get_latest_revision()
            self.latest_revision_created_at = (
                None
                if self.latest_revision is None
                else (self.latest_revision.created_at.isoformat())
            )
            if not self.expects_json_response and self.is_out_of_date:
                return self._refuse(ChangedMeanwhile(**self._by_whom()))
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer

    def _by_whom(self) -> dict[str, object]:
        who = self.latest_revision.user
        return {
            "who": "–" if who is None else who.get_username(),
            "page": self.latest_revision.object_str,
            "time": self.latest_revision.created_at,
        }

    def _refuse(self, refused: ChangedMeanwhile) -> HttpResponse:
        self.form = self.form_class(
            self.request.POST, self.request.FILES, instance=self.page,
            subscription=self.subscription, parent_page=self.parent, for_user=self.request.user,
        )  # fmt: skip
        self.form.is_valid()
        self.errors_debug = None
        self.has_unsaved_changes = True
        history = reverse("wagtailadmin_pages:history", args=[self.page.pk])
        messages.error(self.request, str(refused), buttons=[messages.button(history, _("History"))])
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer
