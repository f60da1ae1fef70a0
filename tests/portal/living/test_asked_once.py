"""A page costs the same questions however many of its paragraphs cite figures."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from giaoban.portal.pages.models import ArticlePage
from tests.portal.living.conftest import Paper


def cost(page: ArticlePage) -> int:
    Client().get(page.url)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(page.url).content.count(b'<button class="fig')
    return len(captured)


def test_many_paragraphs_ask_as_often_as_one(public: Paper) -> None:
    page = public.article(f"Kết nạp {public.cite('admitted')} đảng viên.")
    before = cost(page)
    words = (f"<p>Kết nạp {public.cite('admitted')}, chỉ tiêu {public.cite('plan')}.</p>",) * 6
    page.body = [("text", one) for one in words]
    page.save_revision().publish()
    assert cost(ArticlePage.objects.get(pk=page.pk)) == before
