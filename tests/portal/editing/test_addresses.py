"""Two articles with one headline: each is saved while it is written, and has an address."""

from __future__ import annotations

from giaoban.portal.pages.models import ArticlePage
from tests.portal.editing.conftest import (
    EDITOR,
    PUBLISHER,
    WRITER,
    Sit,
    SiteOfTests,
    edit_at,
    form_of,
    opened,
    written_by,
)

AUTOSAVE = {"accept": "application/json"}


def test_a_headline_that_is_there_already_is_saved_by_itself(site: SiteOfTests, sit: Sit) -> None:
    first, at = written_by(EDITOR, site.section), sit(WRITER)
    add = f"/bien-tap/pages/add/portal_pages/articlepage/{site.section.pk}/"
    answer = at.post(add, form_of(first), headers=AUTOSAVE)
    assert answer.json()["success"], answer.json()
    made = ArticlePage.objects.exclude(pk=first.pk).get()
    assert (made.title, made.slug) == (first.title, f"{first.slug}-2")
    # The form in the browser goes on saying what it said.
    told = form_of(first, title="Kết nạp 134 đảng viên trong chín tháng") | opened(made)
    assert at.post(edit_at(made), told, headers=AUTOSAVE).json()["success"]
    made.refresh_from_db()
    assert made.get_latest_revision().content["slug"] == f"{first.slug}-2"
    first.refresh_from_db()
    assert first.slug == "bai-viet"


def test_a_third_gets_the_next_number(site: SiteOfTests, sit: Sit) -> None:
    first, at = written_by(EDITOR, site.section), sit(WRITER)
    add = f"/bien-tap/pages/add/portal_pages/articlepage/{site.section.pk}/"
    for _time in range(2):
        assert at.post(add, form_of(first), headers=AUTOSAVE).json()["success"]
    slugs = ArticlePage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["bai-viet", "bai-viet-2", "bai-viet-3"]


def test_the_address_of_a_published_page_is_not_changed_for_another(
    site: SiteOfTests, sit: Sit
) -> None:
    first = written_by(EDITOR, site.section)
    second = ArticlePage(title="Khác", slug="khac", lead="<p>Sapô.</p>")
    site.section.add_child(instance=second)
    second.save_revision().publish()
    answer = sit(PUBLISHER).post(edit_at(second), form_of(second, slug=first.slug) | opened(second))
    assert "đã có trang dùng đường dẫn" in answer.content.decode()
    second.refresh_from_db()
    assert (second.slug, second.get_latest_revision().content["slug"]) == ("khac", "khac")
