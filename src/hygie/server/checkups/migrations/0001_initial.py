from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("practice", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckUp",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "practice_id", "uuid", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("computer", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "en cours"), ("done", "terminé"), ("interrupted", "interrompu")],
                        default="running",
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("report", models.JSONField(default=dict)),
                ("verdicts", models.JSONField(default=dict)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practice.practice"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["practice", "-started_at"], name="checkups_newest_first")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("practice", "computer"),
                        name="one_checkup_at_a_time",
                    )
                ],
            },
        ),
    ]
