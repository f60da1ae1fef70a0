"""A page looked at from one visit: at a desk and with a telephone, light and dark."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.serving import DESK, PHONE

# Until nothing has been drawn for a while: scripts draw after the page has loaded, and a sheet may
# fade from one colour to another.
STILL = """
([quiet, longest]) => new Promise(done => {
  const began = performance.now();
  let last = began;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  const look = () => {
    const now = performance.now();
    if (document.getAnimations().some(one => one instanceof CSSTransition)) last = now;
    if (now - last < quiet && now - began < longest) return setTimeout(look, 20);
    watch.disconnect();
    done();
  };
  look();
})
"""
QUIET_MS, LONGEST_MS = 200, 5000
# Sizes and names are the same in the dark: there only the contrast is looked at again.
IN_THE_DARK = ["color-contrast"]

LIGHT = ("desk, light", "phone, light")
EVERY_LOOK = (*LIGHT, "desk, dark", "phone, dark")

Look = tuple[str, list[str] | None]


def still(page: Page, quiet: int = QUIET_MS) -> None:
    """Wait until the page's scripts have drawn what they draw."""
    page.wait_for_load_state("load")
    page.evaluate(STILL, [quiet, LONGEST_MS])


def looks(
    page: Page, wanted: Collection[str] = EVERY_LOOK, *, quiet: int = 0
) -> Iterator[Look]:  # fmt: skip
    """Each wanted way to look at an open page, and the rules of axe asked there if not all.

    The sheets answer to the window and to the dark without the page being loaded again. It is left
    as it is found: at a desk, in the light.
    """
    for size, place in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for light in (True, False):
            look = f"{place}, {'light' if light else 'dark'}"
            if look not in wanted:
                continue
            page.emulate_media(color_scheme="light" if light else "dark")
            still(page, quiet)
            yield look, None if light else IN_THE_DARK
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def faults(
    page: Page, rules: list[str] | None = None, *, of: str | None = None,
    known: Collection[tuple[str, str]] = (),
) -> list[str]:  # fmt: skip
    """What axe finds on the page, or in one part of it, and what is too wide.

    ``known`` are those that may stay: a rule, and how the element's tag begins.
    """
    asks: dict[str, Any] = {"runOnly": rules} if rules else {}
    results = Axe().run(page, context=of, options={"resultTypes": ["violations"], **asks})
    found = [
        f"{broken['id']} {node['target']} {node['html'][:120]}"
        for broken in results.response["violations"] for node in broken["nodes"]
        if not any(broken["id"] == rule and node["html"].startswith(tag) for rule, tag in known)
    ]  # fmt: skip
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, f"{over} pixels wider than the window"] if over > 0 else found
