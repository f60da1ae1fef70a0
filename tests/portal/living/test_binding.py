"""A figure and its noun don't part at a line's end, in no width of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from giaoban.portal.living.binding import bind_figures
from tests.browser.serving import browser_or_skip
from tests.portal.living.conftest import Paper

FIG = (
    '<button class="fig" type="button" popovertarget="so-1-0">134<span class="vh">, xem</span>'
    "</button>"
)


def parts(told: str) -> str:
    """A text with F for a figure, and a dot in the middle for a no-break space."""
    return bind_figures(told.replace("F", FIG)).replace(FIG, "F").replace("\u00a0", "·")


@pytest.mark.parametrize(
    ("told", "bound"),
    [
        ("<p>Huyện kết nạp F đảng viên.</p>",
         "<p>Huyện kết nạp <span>F·đảng</span> viên.</p>"),
        ("<p>đạt F kế hoạch năm (F đảng viên)</p>",
         "<p>đạt <span>F·kế</span> hoạch năm <span>(F·đảng</span> viên)</p>"),
        ("<p>tăng F, giảm F.</p>", "<p>tăng <span>F,</span> giảm <span>F.</span></p>"),
        ("<p>Trong tháng F, ngày F</p>",
         "<p>Trong <span>tháng·F,</span> <span>ngày·F</span></p>"),
        ("<p>F đảng viên</p>", "<p><span>F·đảng</span> viên</p>"),
        ("<p>số F\u00a0người</p>", "<p><span>số·F·người</span></p>"),
        ("<p>là “F”, F; F</p>", "<p>là <span>“F”,</span> <span>F;</span> F</p>"),
        ("<p>gồm F <b>đảng viên</b></p>", "<p>gồm F <b>đảng viên</b></p>"),
        ("<p>gồm <b>F</b> đảng viên</p>", "<p>gồm <b>F</b> đảng viên</p>"),
        ("<p>A&amp;B F &lt;5</p>", "<p>A&amp;B F &lt;5</p>"),
        ("<p>từ F đến F đảng viên</p>",
         "<p>từ <span>F·đến</span> <span>F·đảng</span> viên</p>"),
        ("<p>Không có số nào.</p>", "<p>Không có số nào.</p>"),
    ],
)  # fmt: skip
def test_what_goes_with_a_figure(told: str, bound: str) -> None:
    assert parts(told) == bound.replace("<span>", '<span class="nowrap">')


def test_an_article_s_figures_are_bound_in_lead_and_body(public: Paper) -> None:
    cited = public.cite("admitted")
    article = public.article(f"Huyện kết nạp {cited} đảng viên.", lead=f"<p>Có {cited} người.</p>")
    page = Client().get(article.url).content.decode()
    kept = re.findall(r'<span class="nowrap"><button class="fig.*?</button>([^<]*)</span>', page)
    assert kept == ["\u00a0người.", "\u00a0đảng"]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with browser_or_skip() as browser:
        yield browser


# Whether a figure and the word behind it stand on one line, at every width of the paragraph.
PARTED = """() => {
  const p = document.querySelector('p'), parted = [];
  for (let width = 60; width < 400; width += 1) {
    p.style.width = width + 'px';
    for (const fig of p.querySelectorAll('.fig')) {
      const range = document.createRange(), text = document.createTreeWalker(p, 4);
      for (text.currentNode = fig.lastChild.lastChild; text.nextNode();) {
        const at = text.currentNode.data.search(/\\S/);
        if (at < 0) continue;
        range.setStart(text.currentNode, at); range.setEnd(text.currentNode, at + 1);
        break;
      }
      const one = fig.getBoundingClientRect(), other = range.getBoundingClientRect();
      if (Math.abs(one.top - other.top) > one.height / 2) parted.push(width);
    }
  }
  return parted;
}"""
SENTENCE = "Trong kỳ, toàn huyện kết nạp F đảng viên, đạt F kế hoạch, còn F, nhiều hơn F người."


def test_in_a_browser_no_width_parts_them(browser: Browser) -> None:
    look = "".join(
        (Path(settings.BASE_DIR) / "giaoban" / one).read_text()
        for one in ("browser/static/look/look.css", "portal/pages/static/portal/portal.css")
    )
    page = browser.new_page()
    found = {}
    for how, text in (("plain", SENTENCE.replace("F", FIG)),
                      ("bound", bind_figures(SENTENCE.replace("F", FIG)))):  # fmt: skip
        page.set_content(f'<style>{look}</style><div class="prose"><p lang="vi">{text}</p></div>')
        found[how] = page.evaluate(PARTED)
    page.close()
    assert found["plain"]  # the measure does see it
    assert found["bound"] == []
