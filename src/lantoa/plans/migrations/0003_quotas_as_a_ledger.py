"""Quotas become the balance of a ledger. What stands is posted as its opening, so nothing is lost;
going back keeps the balance and drops the ledger."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import lantoa.kernel.clock

MEASURES = [("persons", "người"), ("times", "lượt")]
WRITTEN = 2000


def open_the_books(apps, schema_editor):
    Quota = apps.get_model("plans", "Quota")
    Posting = apps.get_model("plans", "QuotaPosting")
    Line = apps.get_model("plans", "QuotaLine")
    postings = {}
    lines = []
    held = Quota.objects.filter(count__gt=0).select_related("plan", "unit").order_by("pk")
    for quota in held.iterator(WRITTEN):
        key = quota.plan_id, quota.programme_id
        if key not in postings:
            postings[key] = Posting.objects.create(
                plan_id=key[0],
                programme_id=key[1],
                kind="opening",
                document_number=quota.plan.decision_number,
                document_date=quota.plan.decision_date,
                by_id=quota.set_by_id,
            )
        giver = None if quota.unit_id == quota.plan.unit_id else quota.unit.parent_id
        lines.append(
            Line(
                posting=postings[key],
                way="down",
                giver_id=giver,
                taker_id=quota.unit_id,
                count=quota.count,
            )
        )
    Line.objects.bulk_create(lines, batch_size=WRITTEN)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_roster_rows_as_judged"), ("plans", "0002_which_programmes")]

    operations = [
        migrations.CreateModel(
            name="QuotaPosting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "measure",
                    models.CharField(choices=MEASURES, default="persons", max_length=7),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "Số dư khi chuyển sang sổ chỉ tiêu"),
                            ("table", "Giao, điều chỉnh theo bảng"),
                            ("borrow", "Điều chuyển giữa các đơn vị"),
                            ("return", "Trả lại cấp trên"),
                            ("reversal", "Hủy một lần ghi"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="Số văn bản"),
                ),
                (
                    "document_date",
                    models.DateField(blank=True, null=True, verbose_name="Ngày văn bản"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Lý do")),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="plans.plan",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="plans.quotaposting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("kind", "reversal"), ("reverses__isnull", False))
                        | (~Q(("kind", "reversal")) & Q(("reverses__isnull", True))),
                        name="plans_posting_reversal",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["plan", "programme", "measure", "-at"],
                        name="plans_posting_newest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotaLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("down", "giao xuống"),
                            ("up", "trả lên"),
                            ("across", "chuyển sang"),
                        ],
                        max_length=6,
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                (
                    "giver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quota_lines_given",
                        to="people.unit",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="plans.quotaposting",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quota_lines_taken",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("count__gt", 0)), name="plans_quotaline_moves"
                    ),
                    models.CheckConstraint(
                        condition=Q(("giver__isnull", True))
                        | Q(("taker__isnull", True))
                        | ~Q(("giver_id", F("taker_id"))),
                        name="plans_quotaline_two_units",
                    ),
                    models.CheckConstraint(
                        condition=Q(("taker__isnull", False), ("way", "down"))
                        | Q(("giver__isnull", False), ("way", "up"))
                        | Q(
                            ("giver__isnull", False),
                            ("taker__isnull", False),
                            ("way", "across"),
                        ),
                        name="plans_quotaline_ends",
                    ),
                ],
            },
        ),
        migrations.RenameField(model_name="quota", old_name="persons", new_name="count"),
        migrations.AlterField(
            model_name="quota",
            name="count",
            field=models.PositiveIntegerField(verbose_name="Chỉ tiêu"),
        ),
        migrations.AddField(
            model_name="quota",
            name="measure",
            field=models.CharField(choices=MEASURES, default="persons", max_length=7),
        ),
        migrations.RemoveConstraint(model_name="quota", name="plans_quota_once"),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.UniqueConstraint(
                fields=["plan", "programme", "measure", "unit"], name="plans_quota_once"
            ),
        ),
        migrations.RunPython(open_the_books, migrations.RunPython.noop),
        migrations.RemoveField(model_name="quota", name="set_at"),
        migrations.RemoveField(model_name="quota", name="set_by_id"),
    ]
