"""What each hand may do on the site, and the way of an article to publication.

Made whenever the tables are set up, and when somebody comes to edit a site that was laid out anew
since; safe to repeat. What a
slice adds of its own (moderating comments, correcting an article) its app says in ``hands``: the
name of a hand → the permissions, as in ``{"EDITOR": ("portal_comments.moderate_comment",)}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from giaoban.portal.editing.hands import Hand

WRITE = ("add",)
EDIT = ("add", "change", "lock")
PUBLISH = ("add", "change", "lock", "unlock", "publish", "bulk_delete")
# On the pages of the site, from its home down.
ON_PAGES: dict[Hand, tuple[str, ...]] = {
    Hand.WRITER: WRITE, Hand.EDITOR: EDIT, Hand.PUBLISHER: PUBLISH,
}  # fmt: skip
# On pictures and documents. Whoever may add one may mend or remove their own.
ON_FILES: dict[Hand, tuple[str, ...]] = {
    Hand.WRITER: ("add", "choose"),
    Hand.EDITOR: ("add", "choose", "change"),
    Hand.PUBLISHER: ("add", "choose", "change", "delete"),
}
# Wagtail keeps the rights on pictures by its own model of one, whatever model stands for it.
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))
ENTER = "wagtailadmin.access_admin"
ELSEWHERE: dict[Hand, tuple[str, ...]] = {
    Hand.WRITER: (ENTER,),
    Hand.EDITOR: (ENTER,),
    Hand.PUBLISHER: (
        ENTER, "wagtailcore.add_collection", "wagtailcore.change_collection",
        "wagtailredirects.add_redirect", "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
    Hand.ADMINISTRATOR: (
        ENTER, "portal_pages.change_sitefacts", "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect", "wagtailredirects.delete_redirect",
    ),
}  # fmt: skip
WAY = "Biên tập, duyệt đăng"
STEPS = (("Biên tập", Hand.EDITOR), ("Duyệt đăng", Hand.PUBLISHER))
# What Wagtail brings for a start; the hands stand in their place.
BROUGHT_GROUPS, BROUGHT_WAY = ("Editors", "Moderators"), "Moderators approval"


def arrange_after_migrating(**_sent: object) -> None:
    """Django says that the tables are up to date: ``arrange_editing`` as they are."""
    arrange_editing()


def arranged() -> bool:
    """Whether the hands and the workflow stand for the home that the site has now."""
    named = Group.objects.filter(name__in=[hand.group_name for hand in Hand]).count()
    home = WorkflowPage.objects.filter(page__sites_rooted_here__is_default_site=True)
    return named == len(Hand) and home.exists()


@transaction.atomic
def arrange_editing() -> None:
    """Groups with their permissions, and the workflow, for the home of the site as it is now."""
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)
    groups = {hand: Group.objects.get_or_create(name=hand.group_name)[0] for hand in Hand}
    for hand, group in groups.items():
        group.permissions.set(_permissions(_elsewhere(hand, apps.get_app_configs())))
        _allow_files(group, ON_FILES.get(hand, ()))
    _take_away_what_was_brought()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None:
        for hand, group in groups.items():
            _allow_pages(group, site.root_page, ON_PAGES.get(hand, ()))
        _lead_to_publication(site.root_page, groups)


def _elsewhere(hand: Hand, configs: Iterable[AppConfig]) -> set[str]:
    named: set[str] = set(ELSEWHERE[hand])
    for app in configs:
        told: Mapping[str, tuple[str, ...]] = getattr(app, "hands", {})
        named.update(told.get(hand.name, ()))
    return named


def _permissions(names: Iterable[str]) -> list[Permission]:
    """The permissions of these names; one that there is not is a mistake, and an error."""
    found = []
    for name in sorted(names):
        label, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=label, codename=codename))
    return found


def _allow_files(group: Group, verbs: Iterable[str]) -> None:
    root = Collection.get_first_root_node()
    wanted = _permissions(f"{app}.{verb}_{model}" for app, model in FILES for verb in verbs)
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=root, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _allow_pages(group: Group, home: Page, verbs: Iterable[str]) -> None:
    wanted = _permissions(f"wagtailcore.{verb}_page" for verb in verbs)
    GroupPagePermission.objects.filter(group=group).exclude(
        page=home, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


def _take_away_what_was_brought() -> None:
    Group.objects.filter(name__in=BROUGHT_GROUPS, user=None).delete()
    Workflow.objects.filter(name=BROUGHT_WAY, workflow_states=None).delete()
    Task.objects.filter(name=BROUGHT_WAY, task_states=None).delete()


def _lead_to_publication(home: Page, groups: Mapping[Hand, Group]) -> None:
    way, _new = Workflow.objects.get_or_create(name=WAY)
    for place, (name, hand) in enumerate(STEPS):
        step, _new = GroupApprovalTask.objects.get_or_create(name=name)
        step.groups.set([groups[hand]])
        WorkflowTask.objects.update_or_create(
            workflow=way, task=step.task_ptr, defaults={"sort_order": place}
        )
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": way})
