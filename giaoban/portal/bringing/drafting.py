"""A saved page becomes a draft: once, with its picture, and with a note of what it came from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Collection, Site

from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Recorder
from giaoban.people.models import Login
from giaoban.portal.bringing.errors import NoSite, SectionUnknown
from giaoban.portal.bringing.finding import find_article
from giaoban.portal.bringing.findings import Findings
from giaoban.portal.bringing.folder import bytes_of, picture_beside
from giaoban.portal.bringing.models import BroughtPage
from giaoban.portal.bringing.reading import read_page
from giaoban.portal.pages.camera_data import without_camera_data
from giaoban.portal.pages.models import ArticlePage, Picture, SectionPage
from giaoban.portal.pages.picture_files import require_picture
from giaoban.vietnamese import fold

# Pictures that still want a description carry it, so that an editor can list them.
TO_DESCRIBE = "Cần mô tả ảnh"
LONGEST_HEADLINE, LONGEST_LEAD, LONGEST_BYLINE, LONGEST_CAPTION = 255, 1500, 100, 300


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a page: its draft, or None where it was only looked at; ``again`` where the
    very file had been brought before."""

    findings: Findings
    article: ArticlePage | None = None
    again: bool = False


def sections(slug: str = "") -> list[SectionPage]:
    """The sections of the site; only the one with ``slug`` where it is given.

    Raises ``NoSite``, ``SectionUnknown``.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    found = [] if site is None else list(SectionPage.objects.child_of(site.root_page))
    if not found:
        raise NoSite
    chosen = [section for section in found if slug in ("", section.slug)]
    if not chosen:
        raise SectionUnknown(slug=slug, choices=[section.slug for section in found])
    return chosen


def look_at(path: Path, folder: Path, among: list[SectionPage]) -> Brought:
    """What would be brought of a page; nothing is written.

    Raises what ``reading``, ``finding`` and ``folder`` refuse.
    """
    data = bytes_of(path)
    again = _before(path, folder).filter(digest=sha256(data).hexdigest()).exists()
    findings = find_article(read_page(data))
    _section_of(findings, among)
    for picture in findings.pictures[:1]:
        _picture_file(findings, folder, path, picture.source)
    return Brought(findings, again=again)


def bring_page(*, path: Path, folder: Path, among: list[SectionPage], by: Recorder) -> Brought:
    """Make a draft of a saved page, in the section that it names, or in the first of ``among``.

    A file that was brought before, by its path and its bytes, is left alone. The draft is not
    published and waits for nobody; its first picture comes along. Raises what ``look_at`` does.
    """
    data = bytes_of(path)
    digest = sha256(data).hexdigest()
    before = _before(path, folder)
    same = before.filter(digest=digest).select_related("article").first()
    findings = find_article(read_page(data))
    if same is not None:
        return Brought(findings, same.article, again=True)
    if before.exists():
        findings.remark("brought_before")
    with transaction.atomic():
        article = _draft(findings, path, folder, among, by)
        BroughtPage.objects.create(
            path=_name(path, folder), digest=digest, article=article,
            findings=findings.as_dict(), brought_at=by.at, by=by.name,
        )  # fmt: skip
    return Brought(findings, article)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()[-500:]


def _before(path: Path, folder: Path) -> QuerySet[BroughtPage]:
    return BroughtPage.objects.filter(path=_name(path, folder))


def _section_of(findings: Findings, among: list[SectionPage]) -> SectionPage:
    """The section of the site that the page names; the first where it names none of them."""
    named = fold(findings.section)
    for section in among:
        if named in (fold(section.title), fold(section.slug.replace("-", " "))):
            return section
    if findings.section and len(among) > 1:
        findings.remark("section_unknown", findings.section)
    return among[0]


def _draft(
    findings: Findings, path: Path, folder: Path, among: list[SectionPage], by: Recorder
) -> ArticlePage:
    section = _section_of(findings, among)
    owner = Login.objects.filter(username=by.name).first()
    body = list(_body(findings))
    article = ArticlePage(
        title=_cut(findings, findings.headline), live=False, owner=owner, draft_title="",
        published_at=findings.at, byline=findings.byline[:LONGEST_BYLINE],
        lead=_paragraph(findings.lead[:LONGEST_LEAD]), body=body,
        picture=_picture(findings, path, folder),
    )  # fmt: skip
    section.add_child(instance=article)
    article.save_revision(user=owner, log_action=True)
    return article


def _cut(findings: Findings, headline: str) -> str:
    if len(headline) <= LONGEST_HEADLINE:
        return headline
    findings.remark("headline_cut", headline)
    return headline[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"


def _body(findings: Findings) -> list[tuple[str, str]]:
    """The blocks as an article keeps them; paragraphs that follow each other are one text."""
    blocks: list[tuple[str, str]] = []
    rest = findings.lead[LONGEST_LEAD:]
    texts = [_paragraph(rest)] if rest else []
    for block in findings.body:
        if block.kind == "heading":
            blocks += [("text", "".join(texts))] if texts else []
            texts = []
            blocks.append(("heading", block.words[0]))
        elif block.kind == "list":
            items = "".join(f"<li>{escape(words, quote=False)}</li>" for words in block.words)
            texts.append(f"<ul>{items}</ul>")
        else:
            texts.append(_paragraph(block.words[0]))
    return [*blocks, ("text", "".join(texts))] if texts else blocks


def _paragraph(words: str) -> str:
    return f"<p>{escape(words, quote=False)}</p>" if words else ""


def _picture_file(findings: Findings, folder: Path, page: Path, source: str) -> Path | None:
    found = picture_beside(folder, page, source)
    if found is None:
        findings.remark("picture_missing", source)
        return None
    try:
        with found.open("rb") as file:
            require_picture(file, found.stat().st_size)
    except (RuleBroken, OSError) as refused:
        findings.remark("picture_refused", f"{source}: {refused}")
        return None
    findings.remark("describe_picture")
    return found


def _picture(findings: Findings, page: Path, folder: Path) -> Picture | None:
    """The page's first picture; one that is on the site already is used again."""
    if left := [one.source for one in findings.pictures[1:]]:
        findings.remark("pictures_left", ", ".join(left))
    if not findings.pictures:
        return None
    told = findings.pictures[0]
    found = _picture_file(findings, folder, page, told.source)
    if found is None:
        return None
    words = (told.caption or findings.headline)[:LONGEST_CAPTION]
    with found.open("rb") as file:
        content = without_camera_data(file) or file.read()
    picture = Picture(
        title=words[:255], alt=words, caption=told.caption[:LONGEST_CAPTION],
        collection=Collection.get_first_root_node(), file=ContentFile(content, name=found.name),
    )  # fmt: skip
    picture._set_image_file_metadata()
    same = Picture.objects.filter(file_hash=picture.file_hash, file_size=picture.file_size)
    one: Picture | None = same.first()
    if one is not None:
        return one
    picture.save()
    picture.tags.add(TO_DESCRIBE)
    return picture
