"""A real row of the living province for every address that asks for one, so that "not found" means
"not yours"."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession

from lantoa.accounts.models import User
from lantoa.certificates.models import Certificate
from lantoa.classes.models import (
    ClassTest,
    Dispute,
    Meeting,
    Member,
    Point,
    Proposal,
    TrainingClass,
    Venue,
)
from lantoa.courses.models import Activity, Course, CourseVersion, Lesson, Module
from lantoa.demo import cast
from lantoa.exams.models import Appeal, Attempt, Duty, KeyProposal, Mark, Room, Sitting
from lantoa.items.models import Batch, Blueprint, Form, Item, ItemImport, Twin
from lantoa.jobs.models import Job
from lantoa.notices.models import Message, Notice
from lantoa.obligations.models import Obligation, Petition, Rule
from lantoa.people.models import Person, Qualification, RoleGrant, RosterImport, Unit
from lantoa.people.tasks import SHEET_HANDLER
from lantoa.plans.models import NeedsReview, Plan, Quota, QuotaPosting
from lantoa.programmes.models import Enrolment, EnrolmentBatch
from lantoa.providers.models import (
    Assignment,
    Provider,
    ProviderKey,
    ProviderStaff,
    ResultImport,
)
from lantoa.surveys.models import Invitation

from .conftest import Province
from .doors import Door, Values

Fill = Callable[[Province], Values]


def _commune(at: Province) -> Unit:
    communes = Unit.objects.filter(
        parent=at.unit, kind=Unit.Kind.COMMUNE, people__user__isnull=False
    )
    return communes.order_by("pk")[0]


def _person(at: Province) -> Person:
    there = Person.objects.filter(unit=_commune(at), left_on=None, user__role_grants=None)
    return there.order_by("pk")[0]


def _planned(at: Province) -> Enrolment:
    standing = Enrolment.objects.filter(
        cohort__planned__isnull=False, withdrawn_at=None, completed_at=None, unit__parent=at.unit
    )
    return standing.select_related("cohort__planned").order_by("pk")[0]


def _invitation(at: Province) -> Invitation:
    """The learner's own, of a class that is over."""
    return Invitation.objects.filter(person__user=at.user(cast.LEARNER)).order_by("pk")[0]


def _evaluated() -> TrainingClass:
    return TrainingClass.objects.filter(state=TrainingClass.State.ENDED).order_by("pk")[0]


def _with_quota(at: Province) -> Quota:
    of_units = Quota.objects.filter(unit__parent=at.unit, plan=_scope(at)["plan"])
    return of_units.order_by("pk")[0]


def _draft() -> CourseVersion:
    return CourseVersion.objects.get(course=Course.objects.first(), published_at=None)


def _lesson(at: Province) -> Lesson:
    """Of the newest version: what is learnt, and what a draft began with."""
    return Lesson.objects.filter(module__version__course=_draft().course).order_by("id")[0]


def _learning(of: str) -> Fill:
    def fill(at: Province) -> Values:
        lesson = _lesson(at)
        values = {"course_id": lesson.module.version.course_id, "lesson_key": lesson.key}
        activities = Activity.objects.filter(lesson__module__version__course=_draft().course)
        if of:
            kind = activities.filter(kind=of).select_related("lesson")
            found = kind.first() or activities.select_related("lesson")[0]
            values |= {"activity_key": found.key, "lesson_key": found.lesson.key}
        return values

    return fill


def _writing(model: Any, path: str, **more: Any) -> Fill:
    def fill(at: Province) -> Values:
        piece = model.objects.filter(**{path: _draft()}).order_by("id")[0]
        return {"course_id": _draft().course_id, "piece_id": piece.pk, **more}

    return fill


def _course(**more: Any) -> Fill:
    return lambda at: {"course_id": _draft().course_id, **more}


def _pk(row: Callable[[Province], Any]) -> Fill:
    return lambda at: {"pk": row(at).pk}


def _form() -> Form:
    """One of a pair of parallel forms."""
    return Form.objects.filter(batch__isnull=False).order_by("id")[0]


def _scope(at: Province) -> Values:
    enrolment = _planned(at)
    planned = enrolment.cohort.planned
    return {
        "plan": planned.plan_id,
        "programme": enrolment.cohort.programme_id,
        "unit": at.unit.pk,
    }


def _attempt(at: Province) -> Attempt:
    return Attempt.objects.filter(submitted_at__isnull=False).order_by("id")[0]


def _sitting(at: Province) -> Sitting:
    return _attempt(at).sitting


def _room(at: Province) -> Room:
    return Room.objects.get_or_create(sitting=_sitting(at), name="Phòng 1")[0]


def _duty(at: Province) -> Duty:
    return Duty.objects.get_or_create(
        sitting=_sitting(at), user=at.administrator, role=Duty.Role.MARKER
    )[0]


def _class() -> TrainingClass:
    """One that goes on, with meetings and members."""
    open_ones = TrainingClass.objects.filter(state="open", requirement__isnull=False)
    return open_ones.filter(meetings__isnull=False, members__isnull=False).order_by("pk")[0]


def _member() -> Member:
    return Member.objects.filter(training_class=_class(), left_at=None).order_by("pk")[0]


def _bridge_meeting() -> Meeting:
    return Meeting.objects.filter(training_class__mode="bridge").order_by("pk")[0]


def _online_meeting() -> Meeting:
    return Meeting.objects.filter(training_class__mode="online").order_by("pk")[0]


def _learners_meeting(at: Province) -> Meeting:
    learner = Person.objects.get(user__email=cast.LEARNER.email)
    own = Meeting.objects.filter(training_class__members__enrolment__person=learner)
    return own.order_by("pk")[0]


def _learners_obligation(at: Province) -> Obligation:
    own = Obligation.objects.filter(person__user__email=cast.LEARNER.email)
    return own.order_by("pk")[0]


def _batch(at: Province) -> Values:
    batch = EnrolmentBatch.objects.filter(cohort__planned__isnull=False).order_by("pk")[0]
    return {"cohort": batch.cohort_id, "batch": batch.pk}


def _roster(at: Province) -> RosterImport:
    return RosterImport.objects.get(unit=at.unit)


def _import(at: Province) -> ItemImport:
    return ItemImport.objects.get(unit=at.unit)


def _roster_row(at: Province) -> Values:
    row = _roster(at).rows.order_by("position")[0]
    return {"pk": row.roster_import_id, "row_pk": row.pk}


def _item_batch(at: Province) -> Batch:
    """Nobody's: done by the system, so that everybody is a stranger to it."""
    return Batch.objects.get_or_create(step=Batch.Step.SEND, by_id=None)[0]


def _twin(at: Province) -> Twin:
    first, second = Item.objects.order_by("pk")[:2]
    return Twin.objects.get_or_create(first=first, second=second, defaults={"percent": 61})[0]


_MODULE = _writing(Module, "version")
_LESSON = _writing(Lesson, "module__version")
_ACTIVITY = _writing(Activity, "lesson__module__version")
_PIECE = {"sort": "lessons"}

# By the address's name, else by its namespace and what it asks for.
ROWS: dict[str, Fill] = {
    "accounts:end_session": _pk(lambda at: UserSession.objects.order_by("pk")[0]),
    "classes: pk": _pk(lambda at: _class()),
    "classes: cohort": lambda at: {"cohort": _class().cohort_id},
    "classes:lecturers": lambda at: {
        "cohort": _class().cohort_id,
        "requirement": _class().requirement_id,
    },
    "classes:edit_venue": lambda at: {"venue": Venue.objects.order_by("pk")[0].pk},
    "classes:feed": lambda at: {"token": "forged"},
    "classes:take_out": _pk(lambda at: _member()),
    "classes:member_point": _pk(lambda at: _member()),
    "classes:reopen_class": _pk(lambda at: _class()),
    "classes:proposal": _pk(lambda at: Proposal.objects.order_by("pk")[0]),
    "classes:decide_dispute": _pk(lambda at: Dispute.objects.order_by("pk")[0]),
    "classes:here": _pk(_learners_meeting),
    "classes:object": _pk(_learners_meeting),
    "classes:join": _pk(lambda at: _online_meeting()),
    "classes:go": _pk(lambda at: _online_meeting()),
    "classes:pulse": _pk(lambda at: _online_meeting()),
    "classes:online": _pk(lambda at: _online_meeting()),
    "classes:judge": _pk(lambda at: _online_meeting()),
    "classes:start_room": _pk(lambda at: _online_meeting()),
    "classes:end_room": _pk(lambda at: _online_meeting()),
    "classes:recordings": _pk(lambda at: _online_meeting()),
    **{
        f"classes:{name}": _pk(lambda at: ClassTest.objects.order_by("pk")[0])
        for name in ("test_points", "edit_test", "points_export", "upload_points")
    },
    "classes:edit_point": _pk(lambda at: Point.objects.order_by("pk")[0]),
    **{
        f"classes:{name}": _pk(
            lambda at: Meeting.objects.filter(training_class=_class()).order_by("pk")[0]
        )
        for name in (
            "roll",
            "take_marks",
            "code",
            "edit_meeting",
            "cancel_meeting",
            "sign_in",
            "missing",
            "missing_export",
        )
    },
    "classes:board": _pk(lambda at: _bridge_meeting()),
    "classes: meeting pk": lambda at: {
        "pk": _bridge_meeting().training_class.points.order_by("pk")[0].pk,
        "meeting": _bridge_meeting().pk,
    },
    "certificates: pk": _pk(
        lambda at: Certificate.objects.filter(revocation=None).order_by("pk")[0]
    ),
    "certificates:check": lambda at: {"token": Certificate.objects.order_by("pk")[0].token},
    "courses: course_id": _course(),
    "courses: course_id lesson_key": _learning(""),
    "courses: activity_key course_id lesson_key": _learning("question"),
    "courses:position": _learning("video"),
    "courses:seen": _learning("video"),
    "courses:document": _learning("document"),
    "courses:activity_edit": _ACTIVITY,
    "courses:activity_new": _writing(Lesson, "module__version", kind="text"),
    "courses:lesson_draft": _LESSON,
    "courses:lesson_edit": _LESSON,
    "courses:lesson_new": _MODULE,
    "courses:module_edit": _MODULE,
    "courses:move": _writing(Lesson, "module__version", **_PIECE, way="down"),
    "courses:remove": _writing(Lesson, "module__version", **_PIECE),
    "courses:restore": _writing(Lesson, "module__version", **_PIECE),
    "courses:move_learners": _course(number=1),
    "exams: public_id": lambda at: {"public_id": _attempt(at).public_id},
    "exams:watch_one": lambda at: {
        "pk": _attempt(at).sitting_id,
        "candidate": _attempt(at).candidate_id,
    },
    "exams: pk": _pk(_sitting),
    **{
        f"exams:{name}": _pk(lambda at: _sitting(at).exam)
        for name in (
            "exam",
            "edit_exam",
            "remove_exam",
            "create_sitting",
            "series",
            "quarters",
            "export_quarters",
        )
    },
    "exams:edit_room": _pk(_room),
    "exams:remove_room": _pk(_room),
    "exams:candidate": _pk(lambda at: _attempt(at).candidate),
    "exams:withdraw_candidate": _pk(lambda at: _attempt(at).candidate),
    "exams:restore_candidate": _pk(lambda at: _attempt(at).candidate),
    "exams:reissue_code": _pk(lambda at: _attempt(at).candidate),
    "exams:withdraw_duty": _pk(_duty),
    "exams: public_id slot": lambda at: {"public_id": _attempt(at).public_id, "slot": 0},
    "exams:mark": _pk(lambda at: Mark.objects.filter(marker=at.administrator).order_by("pk")[0]),
    "exams:give_back_mark": _pk(
        lambda at: Mark.objects.filter(marker=at.administrator).order_by("pk")[0]
    ),
    "exams: pk version": lambda at: {
        "pk": _attempt(at).sitting_id,
        "version": KeyProposal.objects.order_by("pk")[0].version_id,
    },
    "exams:key_proposal": _pk(lambda at: KeyProposal.objects.order_by("pk")[0]),
    "exams:decide_key": _pk(lambda at: KeyProposal.objects.order_by("pk")[0]),
    "exams:appeal": _pk(lambda at: Appeal.objects.order_by("pk")[0]),
    "exams:reopen_marking": _pk(lambda at: Appeal.objects.order_by("pk")[0]),
    "exams:decide_appeal": _pk(lambda at: Appeal.objects.order_by("pk")[0]),
    "files:media": lambda at: {"rest": "forged/name.pdf"},
    "frameworks: code": lambda at: {"code": "tt-02-2025"},
    "items: pk": _pk(lambda at: Item.objects.order_by("pk")[0]),
    "items:create": lambda at: {"kind": "single_choice"},
    "items:undo_batch": _pk(_item_batch),
    "items:judge_twin": _pk(_twin),
    "items:import": _pk(_import),
    "items:import_choose": _pk(_import),
    "items:import_apply": _pk(_import),
    "items:import_undo": _pk(_import),
    "items:import_discard": _pk(_import),
    "items:blueprint": _pk(lambda at: Blueprint.objects.order_by("pk")[0]),
    "items:edit_blueprint": _pk(lambda at: Blueprint.objects.order_by("pk")[0]),
    "items:assemble": _pk(lambda at: Blueprint.objects.order_by("pk")[0]),
    "items:form": _pk(lambda at: _form()),
    "items:review_form": _pk(lambda at: _form()),
    "items:publish_form": _pk(lambda at: _form()),
    "items:retire_form": _pk(lambda at: _form()),
    "items:form_batch": lambda at: {"batch": _form().batch},
    "items:swap": lambda at: {"pk": _form().pk, "position": 1},
    "items:print_form": lambda at: {"pk": _form().pk, "part": "key"},
    "jobs: pk": _pk(lambda at: Job.objects.order_by("pk")[0]),
    "notices:notice": _pk(
        lambda at: Notice.objects.filter(user=at.administrator).order_by("pk")[0]
    ),
    "notices:retry": _pk(lambda at: Message.objects.order_by("pk")[0]),
    "obligations:ask": _pk(_learners_obligation),
    "obligations:answer": _pk(lambda at: Petition.objects.order_by("pk")[0]),
    "obligations:edit_rule": _pk(lambda at: Rule.objects.order_by("pk")[0]),
    "obligations: pk unit": lambda at: {
        "pk": Rule.objects.order_by("pk")[0].pk,
        "unit": at.unit.pk,
    },
    "people: pk": _pk(_person),
    "people:persons-sheet": _pk(lambda at: Job.objects.get(handler=SHEET_HANDLER)),
    "people:roster": _pk(_roster),
    "people:roster-sheets": _pk(_roster),
    "people:roster-rows": _pk(_roster),
    "people:roster-row": _roster_row,
    "people:roster-apply": _pk(_roster),
    "people:roster-undo": _pk(_roster),
    "people:roster-discard": _pk(_roster),
    "people:qualifications": _pk(_commune),
    "people:qualifications-export": _pk(_commune),
    "people:qualification-edit": _pk(lambda at: Qualification.objects.order_by("pk")[0]),
    "people:qualification-remove": _pk(lambda at: Qualification.objects.order_by("pk")[0]),
    "people:unit": _pk(_commune),
    "people:unit-add": _pk(_commune),
    "people:unit-children": _pk(_commune),
    "people:unit-edit": _pk(_commune),
    "people:unit-end": _pk(_commune),
    "people:withdraw": _pk(lambda at: RoleGrant.objects.filter(unit=at.unit).order_by("pk")[0]),
    "plans: plan programme unit": _scope,
    "surveys:answer": lambda at: {"survey": _invitation(at).survey_id},
    "classes:evaluation": _pk(lambda at: _evaluated()),
    "classes:evaluation_export": _pk(lambda at: _evaluated()),
    "providers: pk": _pk(lambda at: Provider.objects.order_by("pk")[0]),
    "providers:withdraw_staff": _pk(lambda at: ProviderStaff.objects.order_by("pk")[0]),
    "providers:withdraw_key": _pk(lambda at: ProviderKey.objects.order_by("pk")[0]),
    **{
        f"providers:{name}": _pk(lambda at: Assignment.objects.order_by("pk")[0])
        for name in (
            "assignment",
            "edit_assignment",
            "withdraw_assignment",
            "people_export",
            "upload",
            "api_people",
            "api_results",
        )
    },
    **{
        f"providers:{name}": _pk(lambda at: ResultImport.objects.order_by("pk")[0])
        for name in ("results", "rows_export", "send", "decide", "drop", "undo")
    },
    "providers:choose": lambda at: {
        "pk": ResultImport.objects.order_by("pk")[0].pk,
        "position": 1,
    },
    "plans: review": lambda at: {"review": NeedsReview.objects.order_by("pk")[0].pk},
    "plans: review unit": lambda at: {
        "review": NeedsReview.objects.order_by("pk")[0].pk,
        "unit": at.unit.pk,
    },
    "plans:return_quota": lambda at: {**_scope(at), "unit": _with_quota(at).unit_id},
    "plans:reverse_posting": lambda at: {
        **_scope(at),
        "posting": QuotaPosting.objects.get(kind="borrow").pk,
    },
    "plans:version": lambda at: {"plan": _scope(at)["plan"], "number": 1},
    "plans:issue_plan": lambda at: {"plan": Plan.objects.get(state="draft").pk},
    "plans:reopen_plan": lambda at: {"plan": Plan.objects.get(state="closed").pk},
    "plans: plan": lambda at: {"plan": _scope(at)["plan"]},
    "plans:names": lambda at: {"cohort": _planned(at).cohort_id, "unit": _planned(at).unit_id},
    "plans: cohort": lambda at: {"cohort": _planned(at).cohort_id},
    "plans:undo_batch": _batch,
    "plans:withdraw": lambda at: {"enrolment": _planned(at).pk},
    "programmes: programme": lambda at: {"programme": _scope(at)["programme"]},
}


def fill_for(door: Door) -> Fill | None:
    space = door.name.rpartition(":")[0]
    return ROWS.get(door.name) or ROWS.get(f"{space}: {' '.join(door.asks)}")


def learners_own(at: Province) -> User:
    """Whose attempt stands in the table above."""
    user = _attempt(at).candidate.person.user
    assert user is not None
    return user
