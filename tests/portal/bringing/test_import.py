"""``giaoban portal import``: drafts, once each, with pictures and a report; bad files are told."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from giaoban.portal.bringing import folder as folders
from giaoban.portal.bringing.folder import picture_beside
from giaoban.portal.bringing.models import BroughtPage
from giaoban.portal.pages.models import ArticlePage, Picture, SectionPage
from tests.portal.bringing.old_pages import LAYOUTS, STORY, WRITTEN, saved


def bring(folder: Path, *words: str) -> list[dict[str, str]]:
    """Run the command; the rows of its report."""
    report = folder.parent / "bao-cao.csv"
    call_command("portal", "import", str(folder), "--csv", str(report), *words)
    with report.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_page_becomes_a_draft(site: list[SectionPage], folder: Path) -> None:
    rows = bring(folder)
    assert len(rows) == len(LAYOUTS) * len(WRITTEN) == ArticlePage.objects.count()
    assert {row["Tình trạng"] for row in rows} == {"bản nháp"}
    for article in ArticlePage.objects.all():
        assert not article.live
        assert article.title == STORY.headline
        assert article.get_parent().pk == site[1].pk
        assert article.latest_revision is not None
        assert article.lead_in_words == STORY.lead
        assert all(part in str(article.body) for part in STORY.body)
        assert (article.picture.caption, article.byline) == (STORY.caption, STORY.byline)
    picture = Picture.objects.get()
    assert picture.alt == STORY.caption
    assert [tag.name for tag in picture.tags.all()] == ["Cần mô tả ảnh"]


def test_the_same_file_twice_is_one_draft(
    site: list[SectionPage], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(folder)
    first = ArticlePage.objects.count()
    rows = bring(folder)
    assert ArticlePage.objects.count() == first == BroughtPage.objects.count()
    assert {row["Tình trạng"] for row in rows} == {"đã nhập trước đó"}
    page = folder / "wordpress-utf-8.html"
    page.write_bytes(page.read_bytes() + b"<!-- -->")
    bring(folder)
    assert ArticlePage.objects.count() == first + 1
    newest = BroughtPage.objects.latest("pk")
    assert ["brought_before", ""] in newest.findings["remarks"]
    assert len(newest.digest) == 64


def test_a_dry_run_writes_nothing(site: list[SectionPage], folder: Path) -> None:
    rows = bring(folder, "--dry-run")
    assert {row["Tình trạng"] for row in rows} == {"sẽ là bản nháp"}
    assert not ArticlePage.objects.exists()
    assert not BroughtPage.objects.exists()
    assert not Picture.objects.exists()


def test_bad_files_are_told_and_the_others_go_on(
    site: list[SectionPage], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in folder.glob("*.html"):
        if page.name != "wordpress-utf-8.html":
            page.unlink()
    (folder / "rong.html").touch()
    (folder / "anh.html").write_bytes((folder / "anh/hoi-nghi.jpg").read_bytes())
    (folder / "menu.html").write_text("<html><body><a href='#'>Trang chủ</a></body></html>")
    with (folder / "lon.html").open("wb") as big:
        big.truncate(100 * 1024 * 1024)
    (folder / "vong").symlink_to(folder, target_is_directory=True)
    (folder / "lien-ket.html").symlink_to(folder / "wordpress-utf-8.html")
    read = []
    monkeypatch.setattr(
        folders.Path, "read_bytes",
        lambda self, _read=Path.read_bytes: read.append(self.name) or _read(self),
    )  # fmt: skip
    said = {row["Tệp"]: row["Ghi chú"].replace("\u00a0", " ") for row in bring(folder)}
    assert said["rong.html"] == "Tệp rỗng."
    assert "không phải văn bản" in said["anh.html"]
    assert "Không thấy bài viết" in said["menu.html"]
    assert said["lon.html"] == "Tệp có 100 MB; một trang tối đa 5 MB."
    assert "lon.html" not in read
    assert "liên kết" in said["lien-ket.html"]
    assert len(said) == 6
    assert ArticlePage.objects.count() == 1


def test_a_picture_that_is_missing_or_none(site: list[SectionPage], folder: Path) -> None:
    (folder / "anh/hoi-nghi.jpg").write_bytes(b"khong phai anh")
    rows = bring(folder)
    assert all("không nhận được" in row["Ghi chú"] for row in rows)
    shutil.rmtree(folder / "anh")
    for page in folder.glob("*.html"):
        page.write_bytes(page.read_bytes() + b"\n")
    rows = bring(folder)
    assert all("không có trong thư mục" in row["Ghi chú"].replace("\u00a0", " ")
               for row in rows if "utf-16" not in row["Tệp"])  # fmt: skip
    assert not Picture.objects.exists()


def test_pictures_come_from_the_folder_alone(folder: Path) -> None:
    outside = folder.parent / "bi-mat.jpg"
    outside.write_bytes(b"x")
    page = folder / "a.html"
    assert picture_beside(folder, page, "../bi-mat.jpg") is None
    assert picture_beside(folder, page, str(outside)) is None
    assert picture_beside(folder, page, "/anh/hoi-nghi.jpg") == folder / "anh/hoi-nghi.jpg"
    assert picture_beside(folder, page, "anh/\0") is None


def test_a_section_that_is_named_or_unknown(site: list[SectionPage], folder: Path) -> None:
    bring(folder, "--section", "kinh-te")
    assert {article.get_parent().pk for article in ArticlePage.objects.all()} == {site[0].pk}
    with pytest.raises(CommandError, match="section_unknown"):
        bring(folder, "--section", "the-thao")
    with pytest.raises(CommandError, match="folder_missing"):
        bring(folder / "khong-co")


def test_markup_in_words_stays_words(site: list[SectionPage], folder: Path) -> None:
    for page in folder.glob("*.html"):
        page.unlink()
    told = saved("wordpress", "utf-8").replace(
        "giám sát theo chương trình".encode(), b"&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    (folder / "a.html").write_bytes(told)
    bring(folder)
    body = str(ArticlePage.objects.get().body)
    assert "<script>" not in body
    assert "&lt;script&gt;" in body
