"""The slice as a Django app, and what the portal's role may do in the database."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class EditingConfig(AppConfig):
    name = "giaoban.portal.editing"
    label = "portal_editing"

    # The apps whose tables are the portal's own.
    public_apps = (
        "portal_editing", "portal_pages", "portal_living", "portal_comments", "portal_boards",
        "portal_bringing", "wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs",
        "wagtailsearch", "wagtailembeds", "wagtailredirects", "wagtailusers", "taggit", "sessions",
        "auth", "contenttypes", "procrastinate",
    )  # fmt: skip
    # Of the office's tables those that name no member, and logins, for editors sign in.
    public_tables = {
        "journal_entry": "SELECT",
        "people_login": "SELECT, UPDATE (last_login)",
        "people_login_groups": "SELECT, INSERT, UPDATE, DELETE",
        "people_login_user_permissions": "SELECT",
        "people_appointment": "SELECT",
        "django_migrations": "SELECT",
    } | dict.fromkeys((
        "units_family", "units_unitkind", "units_sector", "units_unit", "units_founding",
        "units_closing", "units_naming", "units_placement", "units_succession",
        # Of reports that they are issued, withdrawn, replaced; what the public reads of one is
        # prepared by the office and stands in tables of ``portal_living``.
        "reports_register", "reports_issue", "reports_issuedform", "reports_withdrawal",
    ), "SELECT")  # fmt: skip

    def ready(self) -> None:
        """Hands and workflow stand as soon as the tables do; choosers are begun from files.

        Django says that tables stand to apps that have some; this slice has none of its own.
        """
        from giaoban.portal.editing.arranging import arrange_after_migrating
        from giaoban.portal.editing.beginnings import begin_from_files

        begin_from_files()
        post_migrate.connect(arrange_after_migrating, sender=apps.get_app_config("wagtailcore"))
