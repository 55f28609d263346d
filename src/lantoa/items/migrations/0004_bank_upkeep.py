import django.db.models.deletion
import lantoa.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0001_initial"),
        ("items", "0003_bank_blueprints_forms"),
        ("people", "0004_roster_rows_as_judged"),
    ]

    operations = [
        migrations.CreateModel(
            name="Band",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("classify", "Xếp loại"),
                            ("send", "Gửi thẩm định"),
                            ("fit", "Ghi kết quả đạt"),
                            ("approve", "Duyệt"),
                            ("retire", "Ngừng dùng"),
                            ("restore", "Dùng lại"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "after",
                    models.JSONField(
                        default=dict, help_text="fields that a classification has set"
                    ),
                ),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Twin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("dismissed_at", models.DateTimeField(null=True)),
                ("dismissed_by_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="reviewed_at",
            field=models.DateTimeField(help_text="last; repeats the newest Review", null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="stage",
            field=models.CharField(
                choices=[
                    ("writing", "Đang soạn"),
                    ("waiting", "Chờ thẩm định"),
                    ("returned", "Bị trả lại"),
                    ("fit", "Đạt, chờ duyệt"),
                    ("approved", "Đã duyệt"),
                ],
                default="writing",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["unit", "state", "stage"], name="items_item_counts"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["created_by_id", "unit"], name="items_item_authors"),
        ),
        migrations.AddField(
            model_name="band",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="items.item"
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["by_id", "-at"], name="items_batch_own"),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="items.batch"
            ),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="batch_rows",
                to="items.item",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="request",
                to="items.itemversion",
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="items.item"
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="items.item"
            ),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.UniqueConstraint(fields=("key", "item"), name="items_band_once"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(
                fields=("batch", "item"), name="items_batchrow_once"
            ),
        ),
        migrations.AddIndex(
            model_name="twin",
            index=models.Index(
                condition=models.Q(("dismissed_at", None)),
                fields=["-percent", "id"],
                name="items_twin_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="items_twin_once"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="items_twin_order"
            ),
        ),
    ]
