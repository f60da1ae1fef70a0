"""Public pages of figures and reports, and the same as data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re

import pytest
from django.test import Client

from giaoban.portal.caching import depended
from giaoban.portal.living.models import PublicFigure
from giaoban.portal.pages.models import ArticlePage
from tests.portal.living.conftest import PUBLISHER, Paper, sat_down


@pytest.fixture
def cited(public: Paper) -> ArticlePage:
    """An article that cites three figures."""
    told = " ".join(public.cite(a) for a in ("admitted", "achievement", "plan"))
    return public.article(f"Số liệu: {told}.")


def _linked(page: str) -> list[dict[str, object]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return [json.loads(one) for one in found]


def test_a_figure_s_page_tells_all_of_it(public: Paper) -> None:
    figure = public.figure("admitted")
    page = Client().get(figure.get_absolute_url()).content.decode()
    for told in (
        "19", "Đảng bộ huyện và mọi tổ chức trực thuộc", "01/01/2018 đến hết ngày 30/09/2018",
        figure.edition.symbol, bytes(figure.edition.content_hash).hex(), "Xã Cẩm Yên", "không nêu",
    ):  # fmt: skip
        assert told in page, told


def test_the_list_finds_without_marks(public: Paper) -> None:
    page = Client().get("/so-lieu/", {"q": "ket nap"}).content.decode()
    assert public.figure("admitted").get_absolute_url() in page
    assert Client().get("/so-lieu/", {"q": "không có gì như vậy"}).status_code == 200
    assert Client().get("/so-lieu/", {"trang": "99"}).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "bao-cao=x", "bao-cao=999", "q=" + "a" * 5000])
def test_whatever_is_asked_is_answered(public: Paper, query: str) -> None:
    assert Client().get(f"/so-lieu/?{query}").status_code == 200


def test_a_report_s_page_and_files(public: Paper) -> None:
    page = Client().get(f"/bao-cao/{public.issue}/").content.decode()
    assert "Bản công khai" in page
    assert 'rel="stylesheet" href="/static/reports/document.css"' in page
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.S)
    for form in ("pdf", "docx", "xlsx"):
        found = Client().get(f"/bao-cao/{public.issue}/bao-cao.{form}")
        assert found.status_code == 200
        assert found["Content-Disposition"].endswith(f'.{form}"')
    assert Client().get(f"/bao-cao/{public.issue}/bao-cao.html").status_code == 404


def test_what_is_not_public_is_no_page(paper: Paper) -> None:
    for address in (f"/bao-cao/{paper.issue}/", f"/bao-cao/{paper.issue}/bao-cao.pdf",
                    f"/so-lieu/{paper.issue}/admitted/"):  # fmt: skip
        assert Client().get(address).status_code == 404
    assert Client().get("/bao-cao/").status_code == 200


def test_pages_say_what_they_are_made_of(public: Paper, cited: ArticlePage) -> None:
    figure = public.figure("admitted")
    found = Client().get(figure.get_absolute_url())
    assert {f"report:{public.issue}", f"figure:{figure.pk}"} <= depended(found.wsgi_request)
    shown = Client().get(cited.url)
    made_of = depended(shown.wsgi_request)
    assert {f"report:{public.issue}", f"figure:{figure.pk}", f"page:{cited.pk}"} <= made_of
    # A correction of another article is none of its own.
    assert "corrections" not in made_of


def test_a_table_as_csv_leaves_out_what_is_withheld(public: Paper) -> None:
    figure = public.figure("admitted")
    found = Client().get(f"{figure.get_absolute_url()}so-lieu.csv").content.decode("utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(found))}
    assert rows["CY"]["admitted"] == ""
    assert rows["CY"]["withheld"] == "1"
    assert rows[""]["admitted"] == "19"
    assert rows[""]["achievement"] == "47.5"


def test_an_article_s_figures_as_csv(cited: ArticlePage) -> None:
    found = Client().get(f"{cited.url}so-lieu.csv")
    assert found["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert [row["value"] for row in rows] == ["19", "47.5", "40"]
    assert {row["standing"] for row in rows} == {"in_force"}


def test_an_article_s_data_package_keeps_the_rules(cited: ArticlePage) -> None:
    """What Frictionless asks of a tabular data package, rule by rule (Data Package v1)."""
    told = Client().get(f"{cited.url}datapackage.json").json()
    content = Client().get(f"{cited.url}so-lieu.csv").content
    assert told["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[a-z0-9._-]+", told["name"])
    (resource,) = told["resources"]
    assert resource["profile"] == "tabular-data-resource"
    assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
    assert not resource["path"].startswith(("/", "../"))
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    fields = resource["schema"]["fields"]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [field["name"] for field in fields] == rows[0]
    kinds = {"string", "number", "integer", "date"}
    assert {field["type"] for field in fields} <= kinds
    read = {"integer": int, "number": float, "string": str,
            "date": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\d", text)[0]}  # fmt: skip
    for row in rows[1:]:
        for field, text in zip(fields, row, strict=True):
            assert text == "" or read[field["type"]](text) is not None
    key = [rows[0].index(name) for name in resource["schema"]["primaryKey"]]
    assert len({tuple(row[n] for n in key) for row in rows[1:]}) == len(rows) - 1


def test_machines_read_the_same(public: Paper, cited: ArticlePage) -> None:
    (one,) = [told for told in _linked(Client().get(cited.url).content.decode())
              if "@graph" in told]  # fmt: skip
    graph = one["@graph"]
    assert isinstance(graph, list)
    assert [node["value"] for node in graph] == [19, 47.5, 40]
    page = Client().get(public.figure("admitted").get_absolute_url()).content.decode()
    (data,) = _linked(page)
    assert [node["@type"] for node in data["@graph"]] == ["Observation", "Dataset"]


def test_an_article_without_figures_has_no_data(public: Paper) -> None:
    article = public.article("Không có số liệu.", slug="khong")
    assert Client().get(f"{article.url}so-lieu.csv").status_code == 404
    assert "popover role" not in Client().get(article.url).content.decode()


def test_a_publisher_makes_a_report_public_on_a_screen(paper: Paper) -> None:
    client = sat_down(PUBLISHER)
    assert "chưa công khai" in client.get("/bien-tap/bao-cao/").content.decode()
    client.post("/bien-tap/bao-cao/", {"issue": str(paper.issue), "act": "publish"})
    assert "đang chuẩn bị" in client.get("/bien-tap/bao-cao/").content.decode()


def test_every_figure_has_a_page_of_its_own(public: Paper) -> None:
    slugs = PublicFigure.objects.values_list("slug", flat=True)
    assert all(re.fullmatch(r"[a-z0-9.-]+", slug) for slug in slugs)
