"""Exams, candidates, bundles and a compact log: the tables anew. The old ones are set aside under
other names; the next migration carries their rows over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lantoa.kernel.clock
import lantoa.kernel.ids

OLD = ("Sitting", "Form", "Attempt", "Answer", "Submission", "Result")


class Migration(migrations.Migration):
    dependencies = [
        ("exams", "0002_open_attempts"),
        ("files", "0001_initial"),
        ("items", "0003_bank_blueprints_forms"),
        ("people", "0004_roster_rows_as_judged"),
        ("programmes", "0004_one_requirement_a_course"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Names of constraints and indexes are the whole database's: the new tables want them.
        migrations.RemoveConstraint("answer", "exams_answer_sequence"),
        migrations.RemoveConstraint("result", "exams_result_points"),
        migrations.RemoveConstraint("sitting", "exams_sitting_once"),
        migrations.RemoveConstraint("sitting", "exams_sitting_window"),
        migrations.RemoveConstraint("attempt", "exams_attempt_number"),
        migrations.RemoveConstraint("attempt", "exams_attempt_one_open"),
        migrations.RemoveConstraint("attempt", "exams_attempt_deadline"),
        migrations.RemoveIndex("attempt", "exams_attempt_open"),
        *(migrations.RenameModel(name, f"Old{name}") for name in OLD),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Phòng thi")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Địa điểm")),
                ("seats", models.PositiveSmallIntegerField(default=30, verbose_name="Số chỗ")),
                (
                    "networks",
                    models.JSONField(blank=True, default=list, help_text="CIDR; empty: any"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=20)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_issued_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("locked_at", models.DateTimeField(null=True)),
                ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("extra_minutes", models.PositiveSmallIntegerField(default=0)),
                ("added_at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="programmes.enrolment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="people.unit",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="candidates",
                        to="exams.room",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=lantoa.kernel.ids.new_id, editable=False, unique=True),
                ),
                ("seed", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("epoch", models.PositiveSmallIntegerField(default=0)),
                ("move_allowed_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("deadline_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("added_seconds", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("head", models.BinaryField(default=bytes)),
                ("saves", models.PositiveIntegerField(default=0)),
                ("last_sequence", models.PositiveIntegerField(default=0)),
                ("answered", models.BinaryField(default=bytes)),
                (
                    "bundle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="items.bundle",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="exams.candidate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Exam",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Tên kỳ thi")),
                (
                    "entry",
                    models.CharField(
                        choices=[
                            ("account", "Đăng nhập bằng tài khoản"),
                            ("code", "Số báo danh và mã vào thi"),
                        ],
                        default="account",
                        max_length=8,
                        verbose_name="Cách vào thi",
                    ),
                ),
                (
                    "moves",
                    models.CharField(
                        choices=[
                            ("free", "Thí sinh tự đổi máy được"),
                            ("invigilator", "Giám thị cho phép mới đổi máy được"),
                        ],
                        default="free",
                        max_length=12,
                        verbose_name="Đổi máy giữa giờ",
                    ),
                ),
                (
                    "late_policy",
                    models.CharField(
                        choices=[
                            ("grace", "Tính nếu đến trong thời gian gia hạn"),
                            ("council", "Hội đồng xem xét từng trường hợp"),
                        ],
                        default="grace",
                        max_length=8,
                        verbose_name="Câu trả lời đến sau giờ",
                    ),
                ),
                (
                    "grace_seconds",
                    models.PositiveSmallIntegerField(default=120, verbose_name="Gia hạn (giây)"),
                ),
                (
                    "release",
                    models.CharField(
                        choices=[
                            ("immediate", "Ngay khi nộp bài"),
                            ("council", "Khi hội đồng duyệt"),
                        ],
                        default="immediate",
                        max_length=10,
                        verbose_name="Công bố kết quả",
                    ),
                ),
                (
                    "difference_percent",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="Hai người chấm lệch nhau quá (%) thì chấm lần ba"
                    ),
                ),
                (
                    "all_on_one_page",
                    models.BooleanField(
                        default=False, verbose_name="Hiện tất cả câu hỏi trên một trang"
                    ),
                ),
                (
                    "instructions",
                    models.TextField(blank=True, verbose_name="Hướng dẫn cho thí sinh"),
                ),
                ("seb_config_keys", models.JSONField(blank=True, default=list)),
                ("seb_exam_keys", models.JSONField(blank=True, default=list)),
                (
                    "legal_basis",
                    models.CharField(blank=True, max_length=300, verbose_name="Căn cứ"),
                ),
                ("created_at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("created_by_id", models.BigIntegerField(null=True)),
                (
                    "blueprint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exams",
                        to="items.blueprint",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exams",
                        to="programmes.cohort",
                    ),
                ),
                (
                    "forms",
                    models.ManyToManyField(blank=True, related_name="exams", to="items.form"),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exams",
                        to="programmes.requirement",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exams",
                        to="people.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeyCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.PositiveSmallIntegerField(
                        help_text="place in the bundle's list of items"
                    ),
                ),
                ("content", models.JSONField(null=True)),
                ("everyone", models.BooleanField(default=False)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="items.bundle",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LateAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("late", "Đến sau khi hết giờ"),
                            ("fenced", "Từ thiết bị đã bị thay thế"),
                        ],
                        max_length=6,
                    ),
                ),
                ("epoch", models.PositiveSmallIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("slot", models.PositiveSmallIntegerField()),
                ("response", models.TextField()),
                ("received_ms", models.BigIntegerField()),
                ("claimed_ms", models.BigIntegerField(null=True)),
                ("contact_ms", models.BigIntegerField(null=True)),
                ("within_grace", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("counts", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="late_answers",
                        to="exams.attempt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField()),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("taken_at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("points", models.PositiveIntegerField(help_text="hundredths", null=True)),
                ("rubric", models.JSONField(default=list, help_text="hundredths per criterion")),
                ("comment", models.TextField(blank=True)),
                ("marked_at", models.DateTimeField(null=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="exams.attempt",
                    ),
                ),
                (
                    "marker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exam_marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveIntegerField(help_text="hundredths")),
                ("points_possible", models.PositiveIntegerField(help_text="hundredths")),
                ("score", models.PositiveSmallIntegerField(help_text="percent, rounded down")),
                ("passed", models.BooleanField()),
                ("waits_for_marks", models.BooleanField(default=False)),
                (
                    "detail",
                    models.JSONField(
                        default=dict,
                        help_text='{"slots": [hundredths or null, …], "failed": [rules not met]}',
                    ),
                ),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("reported_at", models.DateTimeField(null=True)),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="result",
                        to="exams.attempt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResultChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("marked", "Chấm xong phần tự luận, thực hành"),
                            ("rescored", "Sửa đáp án, tính lại điểm"),
                            ("late", "Tính câu trả lời đến muộn"),
                            ("appeal", "Phúc khảo"),
                        ],
                        max_length=8,
                    ),
                ),
                ("points", models.PositiveIntegerField()),
                ("points_possible", models.PositiveIntegerField()),
                ("score", models.PositiveSmallIntegerField()),
                ("passed", models.BooleanField()),
                ("detail", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="exams.result",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="Tên ca thi")),
                ("period", models.CharField(blank=True, max_length=10)),
                (
                    "by_roster",
                    models.BooleanField(
                        default=False,
                        help_text="only for those put in as candidates, not for the whole cohort",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="Mở lúc")),
                (
                    "last_start_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="Bắt đầu muộn nhất"),
                ),
                ("closes_at", models.DateTimeField(verbose_name="Đóng lúc")),
                (
                    "networks",
                    models.JSONField(blank=True, default=list, help_text="CIDR; empty: any"),
                ),
                ("prepared_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("created_by_id", models.BigIntegerField(null=True)),
                (
                    "bundles",
                    models.ManyToManyField(blank=True, related_name="sittings", to="items.bundle"),
                ),
                (
                    "exam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="exams.exam",
                    ),
                ),
                (
                    "makes_up_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="make_ups",
                        to="exams.sitting",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="people.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="room",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rooms",
                to="exams.sitting",
            ),
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="Nội dung")),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "candidate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incidents",
                        to="exams.candidate",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="incidents",
                        to="exams.room",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incidents",
                        to="exams.sitting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("invigilator", "Giám thị"),
                            ("marker", "Người chấm"),
                            ("council", "Hội đồng"),
                        ],
                        max_length=12,
                    ),
                ),
                ("given_at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("given_by_id", models.BigIntegerField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exam_duties",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="exams.room",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="exams.sitting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CouncilDecision",
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
                        choices=[("approved", "Duyệt kết quả"), ("reopened", "Mở lại để xem xét")],
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="exams.sitting",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="candidate",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidates",
                to="exams.sitting",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="sitting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="exams.sitting",
            ),
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("candidate", "Thí sinh nộp bài"),
                            ("time", "Hết giờ, hệ thống nộp"),
                            ("ended", "Giám thị kết thúc"),
                        ],
                        max_length=10,
                    ),
                ),
                ("head", models.BinaryField(default=bytes)),
                ("saves", models.PositiveIntegerField(default=0)),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submission",
                        to="exams.attempt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=lantoa.kernel.ids.new_id, editable=False, unique=True),
                ),
                ("slot", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="exams.attempt",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("filed_at", models.DateTimeField(default=lantoa.kernel.clock.now)),
                ("filed_by_id", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Giữ nguyên kết quả"), ("changed", "Thay đổi kết quả")],
                        max_length=7,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "attempt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="exams.attempt",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exams_appeal_decided",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(help_text="the client's, rising by one per save"),
                ),
                ("slot", models.PositiveSmallIntegerField()),
                ("response", models.TextField(help_text="JSON as it came")),
                ("received_ms", models.BigIntegerField()),
                (
                    "spent_ms",
                    models.PositiveIntegerField(
                        help_text="on this slot, as the client says", null=True
                    ),
                ),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "attempt",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="exams.attempt",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attempt", "sequence"), name="exams_answer_sequence"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cohort__isnull", False)),
                fields=("cohort", "requirement"),
                name="exams_exam_once_per_cohort",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cohort__isnull", True), ("requirement__isnull", False), _connector="OR"
                ),
                name="exams_exam_of_cohort_has_requirement",
            ),
        ),
        migrations.AddConstraint(
            model_name="keycorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content__isnull", True), ("everyone", True)),
                    models.Q(("content__isnull", False), ("everyone", False)),
                    _connector="OR",
                ),
                name="exams_keycorrection_one_way",
            ),
        ),
        migrations.AddIndex(
            model_name="lateanswer",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", True)),
                fields=["attempt"],
                name="exams_lateanswer_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateanswer",
            constraint=models.UniqueConstraint(
                fields=("attempt", "epoch", "sequence"), name="exams_lateanswer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lateanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counts__isnull", True), ("decided_at__isnull", True)),
                    models.Q(("counts__isnull", False), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="exams_lateanswer_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("attempt", "slot", "ordinal"), name="exams_mark_ordinal"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("attempt", "slot", "marker"), name="exams_mark_marker"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("marked_at__isnull", True), ("points__isnull", True)),
                    models.Q(("marked_at__isnull", False), ("points__isnull", False)),
                    _connector="OR",
                ),
                name="exams_mark_given",
            ),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(
                condition=models.Q(("reported_at__isnull", True)),
                fields=["id"],
                name="exams_result_unreported",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__lte", models.F("points_possible"))),
                name="exams_result_points",
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(fields=["closes_at"], name="exams_sitting_closes"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="exams_sitting_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_start_at__isnull", True),
                    models.Q(
                        ("last_start_at__gte", models.F("opens_at")),
                        ("last_start_at__lte", models.F("closes_at")),
                    ),
                    _connector="OR",
                ),
                name="exams_sitting_last_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("sitting", "name"), name="exams_room_name"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gte", 1)), name="exams_room_seats"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("room__isnull", False), ("withdrawn_at__isnull", True)),
                fields=("room", "user", "role"),
                name="exams_duty_once_in_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("room__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("sitting", "user", "role"),
                name="exams_duty_once",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("number", ""), _negated=True),
                fields=["number"],
                name="exams_candidate_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                fields=("sitting", "person"), name="exams_candidate_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("sitting", "number"),
                name="exams_candidate_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("room__isnull", False), ("seat__isnull", False)),
                fields=("room", "seat"),
                name="exams_candidate_seat",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("started_at__isnull", False), ("submitted_at__isnull", True)),
                fields=["deadline_at"],
                name="exams_attempt_open",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["sitting", "submitted_at"], name="exams_attempt_sitting"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                fields=("candidate", "number"), name="exams_attempt_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submitted_at__isnull", True)),
                fields=("candidate",),
                name="exams_attempt_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deadline_at__isnull", True), ("started_at__isnull", True)),
                    ("deadline_at__gte", models.F("started_at")),
                    _connector="OR",
                ),
                name="exams_attempt_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted_at__isnull", True), ("started_at__isnull", False), _connector="OR"
                ),
                name="exams_attempt_submitted_was_started",
            ),
        ),
    ]
