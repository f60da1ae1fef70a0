"""Pages in memory: kept, dropped by what they were made of, never kept when already old."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from giaoban.portal.front.store import Kept, Store


def page(*made_of: str, text: bytes = b"x", until: float = float("inf")) -> Kept:
    return Kept(text, text, [], [], "tag", frozenset(made_of), until)


def test_a_page_goes_with_any_of_its_parts() -> None:
    store = Store()
    for name, parts in (("a", ("page:1", "site")), ("b", ("page:2", "site")), ("c", ("page:2",))):
        assert store.keep(name, page(*parts), store.begin())
    store.drop(["page:1"])
    assert store.get("a", 0) is None
    assert store.get("b", 0)
    assert store.get("c", 0)
    store.drop(["site"])
    assert store.get("b", 0) is None
    assert store.get("c", 0)


def test_what_changed_while_a_page_was_made_keeps_it_out() -> None:
    store = Store()
    begun = store.begin()
    store.drop(["page:1"])
    assert not store.keep("a", page("page:1"), begun)
    assert store.keep("b", page("page:2"), begun)
    assert store.keep("a", page("page:1"), store.begin())


def test_nothing_made_before_all_was_forgotten_is_kept() -> None:
    store = Store()
    begun = store.begin()
    store.clear()
    assert not store.keep("a", page("page:1"), begun)


def test_a_page_grows_old_by_itself() -> None:
    store = Store()
    store.keep("a", page("page:1", until=100.0), store.begin())
    assert store.get("a", 99.9)
    assert store.get("a", 100.0) is None
    assert len(store) == 0


def test_the_least_asked_for_goes_where_room_is_short() -> None:
    room = page("x", text=b"y" * 1000).size
    store = Store(most_bytes=3 * room)
    for name in "abc":
        store.keep(name, page("x", text=b"y" * 1000), store.begin())
    assert store.get("a", 0)  # asked for: now the youngest
    store.keep("d", page("x", text=b"y" * 1000), store.begin())
    assert store.get("b", 0) is None
    assert [bool(store.get(name, 0)) for name in "acd"] == [True, True, True]
    assert not store.keep("big", page("x", text=b"y" * 9000), store.begin())


@given(st.lists(st.tuples(st.sampled_from(["begin", "keep", "drop"]), st.integers(0, 3))))
def test_never_an_old_page(steps: list[tuple[str, int]]) -> None:
    """Beside a model: the version of each part, and which versions each page was made of."""
    store, now, begun = Store(), [0, 0, 0, 0], {}
    for what, part in steps:
        if what == "begin":
            begun[part] = (store.begin(), now[part])
        elif what == "drop":
            now[part] += 1
            store.drop([f"part:{part}"])
        elif part in begun:
            moment, version = begun.pop(part)
            store.keep(part, page(f"part:{part}", text=str(version).encode()), moment)
        for name in range(4):
            if found := store.get(name, 0):
                assert found.plain == str(now[name]).encode()
