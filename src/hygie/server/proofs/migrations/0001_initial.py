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
            name="Proof",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "practice_id", "uuid", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("measure", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=20)),
                ("source", models.CharField(max_length=80)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("verdict", models.CharField(max_length=20)),
                ("observed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("since", models.DateTimeField()),
                ("sentence", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("current", models.BooleanField(default=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practice.practice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("practice", "measure", "source", "subject"),
                        name="one_current_proof",
                    )
                ],
            },
        ),
    ]
