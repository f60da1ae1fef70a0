"""Families, kinds and sectors to begin with; an office may add its own."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=1)


def load(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name, model, extra in (
        ("families.csv", "Family", lambda row: {}),
        (
            "kinds.csv",
            "UnitKind",
            lambda row: {"family_id": row["family"], "grassroots": row["grassroots"] == "1"},
        ),
        ("sectors.csv", "Sector", lambda row: {}),
    ):
        apps.get_model("units", model).objects.using(alias).bulk_create(
            apps.get_model("units", model)(
                code=row["code"],
                title_vi=row["title_vi"],
                title_en=row["title_en"],
                position=position,
                **extra(row),
            )
            for position, row in rows(name)
        )


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
