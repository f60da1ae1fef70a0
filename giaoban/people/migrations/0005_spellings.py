# What names are found by: the spellings of names and their words, in the order of lists.
# ``giaoban setup`` fills them.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_roles_at_the_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("lowered", models.CharField(max_length=400, unique=True)),
                ("folded", models.CharField(max_length=400)),
                ("spellings", models.IntegerField()),
            ],
            options={
                "verbose_name": "word of names",
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("sort_key", models.BinaryField(primary_key=True, serialize=False)),
                ("lowered", models.CharField(max_length=400)),
                ("folded", models.CharField(max_length=400)),
            ],
            options={
                "verbose_name": "spelling of a name",
            },
        ),
        migrations.CreateModel(
            name="WordSpelling",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "word_id",
                        "sort_key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sort_key", models.BinaryField()),
                (
                    "word",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.nameword",
                    ),
                ),
            ],
            options={
                "verbose_name": "spelling with a word",
            },
        ),
        migrations.AddIndex(
            model_name="namekey",
            index=models.Index(fields=["sort_key", "person"], name="name_in_order"),
        ),
        migrations.RemoveIndex(
            model_name="namekey",
            name="name_sort_key",
        ),
    ]
