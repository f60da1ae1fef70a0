"""The checker that runs in the preview: what it looks for, where, and in which words it tells."""

from __future__ import annotations

import json
import re

from django.test import Client

from giaoban.portal.editing.checker import MORE
from tests.portal.editing.conftest import EDITOR, Sit, SiteOfTests, form_of, written_by


def test_the_preview_is_checked_for_what_an_editor_can_mend(site: SiteOfTests, sit: Sit) -> None:
    article, at = written_by(EDITOR, site.section), sit(EDITOR)
    address = f"/bien-tap/pages/{article.pk}/edit/preview/"
    assert at.post(address, form_of(article)).json()["is_valid"]
    page = at.get(f"{address}?in_preview_panel=true").content.decode()
    found = re.search(
        r'<script id="checker-axe-configuration" type="application/json">(.*?)</script>',
        page, re.DOTALL,
    )  # fmt: skip
    assert found
    told = json.loads(found[1])
    assert told["context"]["include"] == ["#noi-dung"]
    assert 'id="noi-dung"' in page
    assert {"heading-order", "empty-heading", "link-name", *MORE} <= set(told["options"]["runOnly"])
    assert told["messages"]["image-alt"]["error_name"] == "Ảnh chưa có mô tả"
    for rule in MORE:
        assert set(told["messages"][rule]) == {"error_name", "help_text"}


def test_no_reader_is_sent_the_checker(site: SiteOfTests) -> None:
    article = written_by(EDITOR, site.section)
    article.get_latest_revision().publish()
    article.refresh_from_db()
    page = Client().get(article.url)
    assert page.status_code == 200
    assert b"axe" not in page.content
