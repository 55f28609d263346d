"""Plans are drafted, issued, revised and closed. Those that stand were issued: each gets its version 1
as it is now. Going back keeps the plans and drops versions, money and groups; plans without a
decision (drafts) must be issued or deleted before."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import lantoa.kernel.clock


def all_were_issued(apps, schema_editor):
    Plan = apps.get_model("plans", "Plan")
    Step = apps.get_model("plans", "PlanStep")
    Quota = apps.get_model("plans", "Quota")
    Plan.objects.update(state="issued")
    steps = []
    for plan in Plan.objects.iterator():
        quotas = Quota.objects.filter(plan=plan, unit=plan.unit_id).select_related("programme")
        content = {
            "title": plan.title,
            "decision_number": plan.decision_number,
            "decision_date": plan.decision_date.isoformat(),
            "starts_on": plan.starts_on.isoformat(),
            "ends_on": plan.ends_on.isoformat(),
            "legal_basis": plan.legal_basis.splitlines(),
            "programmes": list(plan.programmes.order_by("title").values_list("title", flat=True)),
            "target_groups": [],
            "budget": {},
            "quotas": [[q.programme.title, q.measure, q.count] for q in quotas],
            "document": "",
        }
        steps.append(
            Step(
                plan=plan,
                kind="issue",
                version=1,
                content=content,
                at=plan.created_at,
                by_id=plan.created_by_id,
            )
        )
    Step.objects.bulk_create(steps, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("plans", "0003_quotas_as_a_ledger")]

    operations = [
        migrations.CreateModel(
            name="PlanBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Ngân sách trung ương"),
                            ("local", "Ngân sách địa phương"),
                            ("unit", "Kinh phí của đơn vị"),
                            ("other", "Nguồn khác"),
                        ],
                        max_length=7,
                    ),
                ),
                ("amount", models.PositiveBigIntegerField(verbose_name="Số tiền (đồng)")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budgets",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["plan", "source"], name="plans_budget_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("issue", "Ban hành"),
                            ("revise", "Điều chỉnh"),
                            ("close", "Kết thúc"),
                            ("reopen", "Mở lại"),
                        ],
                        max_length=6,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(null=True)),
                ("content", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Lý do")),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["plan", "version"], name="plans_step_version"),
                    models.CheckConstraint(
                        condition=Q(("kind__in", ["issue", "revise"]), ("version__isnull", False))
                        | Q(("kind__in", ["close", "reopen"]), ("version__isnull", True)),
                        name="plans_step_versions",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="plan",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Bản thảo"),
                    ("issued", "Đã ban hành"),
                    ("closed", "Đã kết thúc"),
                ],
                default="draft",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="target_groups",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="plan",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="made_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="plans.plan",
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="decision_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="Số quyết định"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="decision_date",
            field=models.DateField(blank=True, null=True, verbose_name="Ngày quyết định"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="legal_basis",
            field=models.TextField(
                blank=True, help_text="one document a line", verbose_name="Căn cứ"
            ),
        ),
        migrations.RemoveConstraint(model_name="plan", name="plans_plan_decision"),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=~Q(("decision_number", "")),
                fields=("unit", "decision_number", "decision_date"),
                name="plans_plan_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("state", "draft"),
                    Q(~Q(("decision_number", "")), ("decision_date__isnull", False)),
                    _connector="OR",
                ),
                name="plans_plan_issued_by_decision",
            ),
        ),
        migrations.RunPython(all_were_issued, migrations.RunPython.noop),
    ]
