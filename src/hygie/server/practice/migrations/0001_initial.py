from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("local", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("local", True)), fields=("local",), name="one_local_practice"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Computer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "practice_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("system", models.CharField(blank=True, max_length=20)),
                ("first_seen_at", models.DateTimeField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practice.practice"
                    ),
                ),
            ],
        ),
    ]
