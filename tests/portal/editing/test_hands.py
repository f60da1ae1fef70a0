"""Who has which hand in the site, and who has none."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from giaoban.journal.queries import head
from giaoban.people.actions import appoint_login, end_appointment
from giaoban.people.models import Login, Role
from giaoban.portal.editing.arranging import arrange_editing, arranged
from giaoban.portal.editing.hands import Hand, hands_of, settle_hands
from giaoban.portal.pages.models import HomePage
from tests.portal.editing.conftest import EDITOR, HANDS, KEEPER, PUBLISHER, WRITER, Sit, SiteOfTests
from tests.world import FOUNDED

ON = date(2018, 10, 29)


def names(login: str) -> set[str]:
    return set(Login.objects.get(username=login).groups.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("login", "hand"),
    [(WRITER, Hand.WRITER), (EDITOR, Hand.EDITOR), (PUBLISHER, Hand.PUBLISHER),
     (KEEPER, Hand.ADMINISTRATOR)],
)  # fmt: skip
def test_an_appointment_at_above_or_below_the_organisation_gives_its_hand(
    site: SiteOfTests, login: str, hand: Hand
) -> None:
    assert settle_hands(login, on=ON, known=head().number) == {hand}
    assert names(login) == {hand.group_name}


def test_other_roles_and_other_branches_give_none(site: SiteOfTests) -> None:
    world = site.world
    Login.objects.create_user("huyenben", password=None)
    appoint_login("huyenben", world.unit("NL"), Role.PUBLISHER, on=FOUNDED, by=world.by())
    for login in ("huyenben", world.clerk, world.stranger):
        assert settle_hands(login, on=ON, known=head().number) == frozenset()
        assert names(login) == set()


def test_nobody_has_a_hand_before_their_day(site: SiteOfTests) -> None:
    unit = site.world.unit("HU")
    known = head().number
    assert hands_of(EDITOR, unit, on=FOUNDED, known=known) == {Hand.EDITOR}
    assert hands_of(EDITOR, unit, on=date(2009, 12, 31), known=known) == frozenset()


def test_groups_that_are_no_hands_are_left_alone(site: SiteOfTests) -> None:
    other = Group.objects.create(name="Nhóm khác")
    Login.objects.get(username=WRITER).groups.add(other)
    settle_hands(WRITER, on=ON, known=head().number)
    assert names(WRITER) == {"Nhóm khác", Hand.WRITER.group_name}


def test_an_ended_appointment_is_felt_at_the_next_page(site: SiteOfTests, sit: Sit) -> None:
    at = sit(WRITER)
    assert at.get("/bien-tap/").status_code == 200
    unit = site.world.unit("CY")
    day = date(2018, 10, 1)
    end_appointment(WRITER, unit, Role.WRITER, on=day, by=site.world.by(day))
    refused = at.get("/bien-tap/")
    assert refused.status_code == 403
    assert site.world.clerk in refused.content.decode()
    assert names(WRITER) == set()


def test_hands_are_settled_once_while_the_journal_stands_still(site: SiteOfTests, sit: Sit) -> None:
    at = sit(WRITER)
    at.get("/bien-tap/")
    with CaptureQueriesContext(connection) as asked:
        at.get("/bien-tap/")
    assert [q["sql"] for q in asked if "people_appointment" in q["sql"]] == []


def test_who_has_none_is_told_whom_to_ask(site: SiteOfTests, sit: Sit) -> None:
    refused = sit(site.world.stranger).get("/bien-tap/pages/")
    assert refused.status_code == 403
    text = refused.content.decode()
    assert site.world.clerk in text
    assert "chưa tham gia biên tập" in text


def test_a_stranger_is_sent_to_the_desk(site: SiteOfTests) -> None:
    sent = Client().get("/bien-tap/")
    assert sent.status_code == 302
    assert (
        "/tai-khoan/dang-nhap/?next=http%3A%2F%2F127.0.0.1%3A8001%2Fbien-tap%2F" in sent["Location"]
    )


def test_a_password_is_taken_nowhere_here(site: SiteOfTests) -> None:
    login = Login.objects.create_user("coquyen", password="mot-mat-khau-dai-14")
    assert not Client().login(username="coquyen", password="mot-mat-khau-dai-14")
    told = {"username": login.username, "password": "mot-mat-khau-dai-14"}
    for address in ("/bien-tap/login/", "/bien-tap/password_reset/"):
        assert Client().post(address, told).status_code == 403
        sent = Client().get(address)
        assert sent.status_code == 302
        assert "/tai-khoan/dang-nhap/" in sent["Location"]


def test_a_site_that_was_laid_out_anew_is_arranged_when_somebody_comes(
    site: SiteOfTests, sit: Sit
) -> None:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Cổng mới", slug="cong-moi"))
    Site.objects.update(root_page=home)
    site.home.delete()
    assert not arranged()
    assert sit(PUBLISHER).get("/bien-tap/").status_code == 200
    assert arranged()
    told = Login.objects.get(username=PUBLISHER)
    assert home.permissions_for_user(told).can_publish()
    assert home.get_workflow().name == "Biên tập, duyệt đăng"


def test_the_hands_stand_as_soon_as_the_tables_do(db: None) -> None:
    """The fixtures' database was made by migrating alone."""
    named = set(Group.objects.values_list("name", flat=True))
    assert named == {hand.group_name for hand in Hand}


def test_arranging_again_changes_nothing(site: SiteOfTests) -> None:
    def state() -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for group in Group.objects.order_by("name"):
            found.append((group.pk, group.name))
            found += sorted(group.permissions.values_list("codename"))
            found += sorted(group.page_permissions.values_list("pk", "permission__codename"))
            found += sorted(group.collection_permissions.values_list("pk", "permission__codename"))
        return found

    before = state()
    arrange_editing()
    assert state() == before
    assert {name for _pk, name in Group.objects.values_list("pk", "name")} == {
        hand.group_name for hand in Hand
    }
    assert set(HANDS) <= set(Login.objects.values_list("username", flat=True))
