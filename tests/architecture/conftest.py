"""A province in the middle of its training, built once for the tests that walk over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from lantoa.accounts.actions import create_account
from lantoa.accounts.models import User
from lantoa.classes.models import Dispute, Meeting, Member, Room
from lantoa.courses.actions import open_draft
from lantoa.courses.models import Course
from lantoa.demo import cast
from lantoa.demo.build import build
from lantoa.exams.models import Appeal, Attempt, Duty, ItemReport, KeyProposal, Mark, Marking
from lantoa.files.actions import keep
from lantoa.frameworks.actions import load_presets
from lantoa.items.actions import write_forms
from lantoa.items.actions.import_read import read_import
from lantoa.items.actions.imports import take_in
from lantoa.items.models import Blueprint, ItemVersion
from lantoa.items.papers import open_bundle
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.notices.actions import notify, send_email
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.actions.roster_imports import take_in_roster
from lantoa.people.actions.roster_read import read_roster
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.tasks import SHEET_HANDLER
from lantoa.plans.actions import PlanFields, close_plan, create_plan, issue_plan
from lantoa.plans.actions.nominations import ask_for_names
from lantoa.plans.models import PlannedCohort
from lantoa.web.sheets import XLSX

LEARNERS = 40
NOBODY, NEIGHBOUR = "nobody@beside.example", "neighbour@beside.example"
COMMUNES = ("Phường Phan Đình Phùng", "Xã Phú Đình", "Xã Văn Hán", "Xã Định Hóa", "Xã Nà Phặc")
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
}


REPORT: dict[str, object] = {
    **dict.fromkeys(("mean", "median", "deviation", "alpha", "measurement_error")),
    "candidates": 0,
    "items": [],
}


@dataclass(frozen=True)
class Province:
    """The demo province; `beside` is another one that nobody of it may reach."""

    unit: Unit
    beside: Unit
    media: Path

    @property
    def administrator(self) -> User:
        return User.objects.get(email=cast.ADMINISTRATOR_EMAIL)

    @property
    def nobody(self) -> User:
        """Signed in, in no training, with no role."""
        return User.objects.get(email=NOBODY)

    @property
    def neighbour(self) -> User:
        """Holds every role but the administrator's, in the province beside."""
        return User.objects.get(email=NEIGHBOUR)

    def user(self, member: cast.Member) -> User:
        return User.objects.get(email=member.email)


@pytest.fixture(scope="module")
def living_province(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Province]:
    folder = tmp_path_factory.mktemp("province")
    media = folder / "media"
    quick = override_settings(MEDIA_ROOT=media, OUTBOX=folder / "outbox", **QUICK)
    with django_db_blocker.unblock(), transaction.atomic():
        with quick:
            load_presets(actor=None)
            province, beside = _units()
            built = build(learners=LEARNERS, folder=folder, say=lambda _text: None)
            _more(beside)
            _import(built.roster, province)
            _import_items(province)
            _close_a_plan(province)
            _count_rows()
        yield Province(province, beside, media)
        transaction.set_rollback(True)


@pytest.fixture
def province(living_province: Province, settings: Settings) -> Province:
    settings.MEDIA_ROOT = living_province.media
    return living_province


def _count_rows() -> None:
    """What PostgreSQL does by itself a minute after so much was written: without it, a list of a
    few hundred attempts took minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _units() -> tuple[Unit, Unit]:
    country = create_unit(actor=None, code="VN", kind="country", name="Việt Nam", parent=None)
    province = create_unit(
        actor=None, code="19", kind="province", name="Tỉnh Thái Nguyên", parent=country
    )
    for number, name in enumerate(COMMUNES):
        create_unit(actor=None, code=f"0544{number}", kind="commune", name=name, parent=province)
    beside = create_unit(
        actor=None, code="04", kind="province", name="Tỉnh Cao Bằng", parent=country
    )
    return province, beside


def _import(file: Path, unit: Unit) -> None:
    """A roster's dry run. Its job would begin after the transaction, which never ends here."""
    upload = SimpleUploadedFile(file.name, file.read_bytes())
    roster = take_in_roster(upload=upload, unit=unit, actor=None)
    read_roster(roster=roster, actor=None)


def _close_a_plan(unit: Unit) -> None:
    """The model province has none that is over."""
    today = clock.today()
    fields = PlanFields(
        title="Kế hoạch đã xong",
        decision_number="1/QĐ",
        decision_date=today,
        starts_on=today,
        ends_on=today,
    )
    plan = issue_plan(actor=None, plan=create_plan(actor=None, unit=unit, fields=fields))
    close_plan(actor=None, plan=plan)


def _approved(count: int) -> list[int]:
    approved = ItemVersion.objects.filter(approval__isnull=False, item__purpose="exam")
    return list(approved.order_by("id").values_list("pk", flat=True)[:count])


def _import_items(unit: Unit) -> None:
    """The same of a file of questions."""
    upload = SimpleUploadedFile("cau-hoi.txt", "Trời xanh?\nA. Đúng\nB. Sai\nANSWER: A\n".encode())
    taken = take_in(upload=upload, unit=unit, topic=None, level="basic", purpose="exam", actor=None)
    read_import(of=taken, actor=None)


def _more(beside: Unit) -> None:
    """What the demo leaves out and a stranger must not see either."""
    for email in (NOBODY, NEIGHBOUR):
        create_account(actor=None, display_name="Người ngoài", email=email, password="x-34-y")
    neighbour = User.objects.get(email=NEIGHBOUR)
    for role in RoleGrant.Role.values:
        if role != RoleGrant.Role.ADMINISTRATOR:
            grant_role(
                actor=None, user=neighbour, role=role, unit=beside, starts_on=date(2020, 1, 1)
            )
    administrator = User.objects.get(email=cast.ADMINISTRATOR_EMAIL)
    open_draft(actor=administrator, course=Course.objects.all()[0])
    Job.objects.create(handler="none", title="x", owner_id=administrator.pk)
    write_forms(
        actor=administrator,
        blueprint=Blueprint.objects.all()[0],
        papers=[[(version, 1)] for version in _approved(2)],
        seed=1,
        told={},
    )
    sheet = keep(stream=BytesIO(b"x"), name="x.xlsx", media_type=XLSX, actor=administrator)
    Job.objects.create(
        handler=SHEET_HANDLER, title="x", owner_id=administrator.pk, result={"file": sheet.pk}
    )
    notify(users=[administrator], cause="door", title="x")
    send_email(to="a@b.example", subject="x", body="x")
    UserSession.objects.create(
        user=administrator, session_key="x" * 32, ip="127.0.0.1", user_agent="x"
    )
    for planned in PlannedCohort.objects.select_related("cohort"):
        ask_for_names(actor=administrator, planned=planned, due_on=planned.cohort.closes_on)
    _after_an_exam(administrator)
    _somebody_disagrees()
    _a_room_online()


def _a_room_online() -> None:
    meeting = Meeting.objects.filter(training_class__mode="online").order_by("pk")[0]
    Room.objects.get_or_create(meeting=meeting, defaults={"key": "x"})


def _somebody_disagrees() -> None:
    member = Member.objects.filter(
        training_class__state="open", training_class__requirement__isnull=False
    ).order_by("pk")[0]
    meeting = member.training_class.meetings.order_by("pk")[0]
    Dispute.objects.get_or_create(meeting=meeting, member=member, words="x")


def _after_an_exam(administrator: User) -> None:
    """What markers and the council of a sitting work on."""
    attempt = Attempt.objects.filter(submitted_at__isnull=False).order_by("id")[0]
    item = open_bundle(attempt.bundle).content["items"][0]
    Duty.objects.create(sitting=attempt.sitting, user=administrator, role=Duty.Role.MARKER)
    Marking.objects.create(
        attempt=attempt, slot=0, version_id=item["version"], possible=100, answer_hash=b"x", place=1
    )
    Mark.objects.create(attempt=attempt, slot=0, ordinal=1, marker=administrator)
    KeyProposal.objects.create(
        sitting=attempt.sitting, version_id=item["version"], everyone=True, reason="x"
    )
    Appeal.objects.create(attempt=attempt, reason="x")
    ItemReport.objects.create(exam=attempt.sitting.exam, sitting=attempt.sitting, data=REPORT)
