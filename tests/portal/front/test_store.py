"""Pages in memory: kept, dropped by what they were made of, never kept when already old."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from giaoban.portal.front.store import MOMENT_SECONDS, Kept, Store


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


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def renewed(*made_of: str) -> tuple[Store, Clock]:
    """A store with one page ``a`` that was just renewed."""
    clock = Clock()
    store = Store(clock=clock)
    store.keep("a", page(*made_of, text=b"before"), store.begin())
    store.drop([], renewed=[made_of[0]])
    return store, clock


def test_a_renewed_page_is_given_only_as_the_one_of_before() -> None:
    store, _clock = renewed("page:1", "site")
    assert store.get("a", 0) is None
    former = store.former("a", 0)
    assert former
    assert former.plain == b"before"
    assert store.former("b", 0) is None


def test_the_new_page_takes_the_place_of_the_one_of_before() -> None:
    store, _clock = renewed("page:1")
    assert store.keep("a", page("page:1", text=b"after"), store.begin())
    assert store.former("a", 0) is None
    found = store.get("a", 0)
    assert found
    assert found.plain == b"after"


def test_what_changes_after_all_is_shown_no_more() -> None:
    for first, second in (({"keys": []}, {"keys": ["site"]}), ({"keys": ["site"]}, {"keys": []})):
        store = Store()
        store.keep("a", page("page:1", "site"), store.begin())
        store.drop(first["keys"], renewed=["page:1"])
        store.drop(second["keys"], renewed=["page:1"])
        assert store.former("a", 0) is None
    together = Store()
    together.keep("a", page("page:1"), together.begin())
    together.drop(["page:1"], renewed=["page:1"])
    assert together.former("a", 0) is None
    store, _clock = renewed("page:1")
    store.clear()
    assert store.former("a", 0) is None


def test_a_page_of_before_is_one_of_a_moment_ago() -> None:
    store, clock = renewed("page:1")
    clock.now += MOMENT_SECONDS / 2
    store.drop([], renewed=["page:1"])  # it is none the younger for it
    assert store.former("a", 0)
    clock.now += MOMENT_SECONDS / 2
    assert store.former("a", 0) is None
    store.drop([], renewed=["page:9"])
    assert len(store) == 0  # nor does it take any room


def test_a_page_of_before_grows_old_by_itself_too() -> None:
    store = Store()
    store.keep("a", page("page:1", until=100.0), store.begin())
    store.drop([], renewed=["page:1"])
    assert store.former("a", 99.9)
    assert store.former("a", 100.0) is None


def test_what_was_renewed_while_a_page_was_made_keeps_it_out() -> None:
    store, _clock = renewed("page:1")
    begun = store.begin()
    store.drop([], renewed=["page:1"])
    assert not store.keep("a", page("page:1", text=b"between"), begun)
    store.forget_former("a")
    assert store.former("a", 0) is None
    store.keep("a", page("page:1"), store.begin())
    store.forget_former("a")  # which is of the present now
    assert store.get("a", 0)


STEPS = st.lists(
    st.tuples(st.sampled_from(["begin", "keep", "drop", "renew", "wait"]), st.integers(0, 3))
)


@given(STEPS)
def test_never_an_old_page(steps: list[tuple[str, int]]) -> None:
    """Beside a model: the version of each part, which versions each page was made of, the last one
    from which something was taken away, and until when each older one may be shown."""
    clock = Clock()
    store, now, begun = Store(clock=clock), [0, 0, 0, 0], {}
    taken, until = [0, 0, 0, 0], {}
    for what, part in steps:
        if what == "begin":
            begun[part] = (store.begin(), now[part])
        elif what in ("drop", "renew"):
            until[part, now[part]] = clock.now + MOMENT_SECONDS
            now[part] += 1
            if what == "drop":
                taken[part] = now[part]
                store.drop([f"part:{part}"])
            else:
                store.drop([], renewed=[f"part:{part}"])
        elif what == "wait":
            clock.now += MOMENT_SECONDS / 2
        elif part in begun:
            moment, version = begun.pop(part)
            store.keep(part, page(f"part:{part}", text=str(version).encode()), moment)
        for name in range(4):
            if found := store.get(name, 0):
                assert found.plain == str(now[name]).encode()
            if former := store.former(name, 0):
                version = int(former.plain)
                assert taken[name] <= version < now[name]
                assert clock.now < until[name, version]
