"""Every address of the site, tried by those who have no business there. A new view is tried as soon
as it has an address; one that anybody may open must be written down here, with the reason."""

import pytest
from conftest import SignedIn
from django.test import Client

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.certificates.models import Certificate
from lantoa.demo import cast
from lantoa.kernel import clock
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.models import Person, Qualification, RoleGrant
from lantoa.programmes.models import Enrolment

from .conftest import Province
from .doors import Door, plain_doors, rooms
from .rows import ROWS, fill_for, learners_own

# Anybody may open these. Account pages lead somebody without a session back to signing in.
PUBLIC = {
    "account_login", "account_logout", "account_inactive", "account_reset_password",
    "accounts:activate", "accounts:activate_password", "accounts:idle",
    "accounts:reset_code", "accounts:reset_password", "mfa_authenticate",
    "certificates:check", "certificates:look_up",
    "classes:feed",  # a secret address, which calendar programs ask
    "exams:enter_page", "exams:sit_page",  # the same for all; what is whose comes by the hot path
    "mfa_index",  # leads to the account page
    "files:media",  # a signed link that expires
    "ready", "set_language",
    "setup",  # only with the token that `serve` printed
}  # fmt: skip
# Scripts ask these: they answer 401 instead of leading to a page.
ASKED_BY_SCRIPT = {"exams:upload"}
# Systems ask these, with a key of their own; a session opens nothing. Asked too often, 429.
ASKED_BY_KEY = {"providers:api_assignments", "providers:api_people", "providers:api_results"}
# One's own affairs, or what everybody signed in may read.
FOR_EVERYBODY = PUBLIC | {
    "home", "home_export",
    "account_reauthenticate", "accounts:account", "accounts:alive", "accounts:change_password",
    "accounts:contact_code", "accounts:email", "accounts:end_other_sessions",
    "accounts:language", "accounts:phone", "accounts:sessions",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_view_recovery_codes",
    "obligations:mine", "surveys:mine",  # one's own
    "classes:mine", "classes:make_feed", "classes:worker",  # one's own classes; a script
    "certificates:mine", "jobs:jobs", "notices:notices", "notices:read_all",
    "courses:courses", "courses:new",  # who writes nothing is led home
    "frameworks:frameworks", "frameworks:framework",  # published law and syllabuses
    "reports:definitions",
}  # fmt: skip
# A keeper of another province starts from these as well as from their own pages.
FOR_EVERY_ROLE = FOR_EVERYBODY | {"items:create"}
DENIED = {404, 405}
NO_KEY = {401, 429}

pytestmark = pytest.mark.django_db


def _try(client: Client, door: Door, province: Province) -> dict[str, int]:
    values = ROWS_OF[door](province) if door.asks else {}
    url = door.url(values)
    return {"GET": client.get(url).status_code, "POST": client.post(url).status_code}


ROWS_OF = {door: fill for door in rooms() if (fill := fill_for(door)) is not None}
DOORS = [*plain_doors(), *ROWS_OF]


def test_every_room_has_a_row_to_be_tried_with() -> None:
    """A new address that asks for something needs its line in rows.py."""
    assert [door.name for door in rooms() if door not in ROWS_OF] == []
    known = {door.name for door in (*plain_doors(), *rooms())}
    assert FOR_EVERY_ROLE - known == set()
    assert {name for name in ROWS if ": " not in name} - known == set()


def test_the_rows_are_real(province: Province, signed_in: SignedIn) -> None:
    """Somebody gets in everywhere, or a stranger's "not found" would say nothing."""
    hosts = [signed_in(province.administrator), signed_in(learners_own(province))]
    hosts.append(signed_in(province.user(cast.LEARNER)))
    shut = []
    for door in ROWS_OF:
        url = door.url(ROWS_OF[door](province))
        if not {host.get(url).status_code for host in hosts} - {404}:
            shut.append(door.name)
    assert set(shut) == {"files:media", "classes:feed"}


def test_without_signing_in_every_other_door_leads_to_it(province: Province) -> None:
    open_doors = {}
    for door in DOORS:
        if door.name in PUBLIC:
            continue
        values = ROWS_OF[door](province) if door.asks else {}
        for method in ("get", "post"):
            answer = getattr(Client(), method)(door.url(values))
            led = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
            refused = answer.status_code == (401 if door.name in ASKED_BY_SCRIPT else 405)
            if door.name in ASKED_BY_KEY:
                refused = answer.status_code in NO_KEY
            if not led and not refused and answer.status_code != 405:
                open_doors[f"{method} {door.name}"] = answer.status_code
    assert open_doors == {}


def _opened(client: Client, province: Province, free: set[str]) -> dict[str, dict[str, int]]:
    found = {}
    for door in DOORS:
        if door.name not in free:
            answers = _try(client, door, province)
            if set(answers.values()) - (NO_KEY if door.name in ASKED_BY_KEY else DENIED):
                found[door.name] = answers
    return found


def test_for_somebody_without_a_role_the_rest_does_not_exist(
    province: Province, signed_in: SignedIn
) -> None:
    assert _opened(signed_in(province.nobody), province, FOR_EVERYBODY) == {}


def test_for_the_keepers_of_another_province_no_row_of_this_one_exists(
    province: Province, signed_in: SignedIn
) -> None:
    before = Event.objects.count()
    plain = {door.name for door in plain_doors()}
    assert _opened(signed_in(province.neighbour), province, FOR_EVERY_ROLE | plain) == {}
    assert Event.objects.count() == before


def test_another_learner_gets_into_nothing_of_somebody_elses(
    province: Province, signed_in: SignedIn
) -> None:
    learners = User.objects.filter(
        role_grants=None, person__unit__parent=province.unit, activated_at__isnull=False
    )
    mine = [learners_own(province).pk, province.user(cast.LEARNER).pk]
    other = learners.exclude(pk__in=mine).order_by("pk")[0]
    learns = {
        door.name
        for door in ROWS_OF
        if door.name.startswith("courses:") and "lesson_key" in door.asks
    } | {"courses:course", "exams:take", "exams:start"}
    assert _opened(signed_in(other), province, FOR_EVERYBODY | learns) == {}


def test_nothing_is_posted_without_the_page_it_came_from(
    province: Province, signed_in: SignedIn
) -> None:
    """CSRF: another site's form, sent by the administrator's own browser, changes nothing."""
    client = signed_in(province.administrator)
    client.handler.enforce_csrf_checks = True
    taken = {}
    for door in DOORS:
        values = ROWS_OF[door](province) if door.asks else {}
        status = client.post(door.url(values)).status_code
        expected = NO_KEY if door.name in ASKED_BY_KEY else {403, 405}
        if status not in expected and door.name != "files:media":
            taken[door.name] = status
    assert taken == {}


def test_a_communes_coordinator_writes_nothing_of_the_province(
    province: Province, signed_in: SignedIn
) -> None:
    """The rows of the table are of other communes and of the province: this commune's coordinator
    reads the province's plans, and that is all."""
    elsewhere = [
        ROWS["people:unit"](province)["pk"],
        Certificate.objects.get(**ROWS["certificates: pk"](province)).enrolment.unit_id,
        Enrolment.objects.get(pk=ROWS["plans:withdraw"](province)["enrolment"]).unit_id,
        ROWS["plans:return_quota"](province)["unit"],
        *Qualification.objects.values_list("person__unit", flat=True),
    ]
    communes = Person.objects.filter(unit__parent=province.unit, user__role_grants=None)
    keepers = communes.filter(user__isnull=False).exclude(unit__in=elsewhere).order_by("pk")
    keeper = keepers[0].user
    assert keeper is not None
    assert keeper.person is not None
    grant_role(
        actor=None,
        user=keeper,
        role=RoleGrant.Role.COORDINATOR,
        unit=keeper.person.unit,
        starts_on=clock.today(),
    )
    reads = {
        # Their own people in the province's classes.
        "classes:class", "classes:attendance", "classes:attendance_export",
        "classes:missing", "classes:missing_export", "classes:sign_in",
        "plans:plan", "plans:version", "plans:review", "plans:cohort", "programmes:programme",
        "plans:enrol", "plans:pick",  # people of their own commune
    }  # fmt: skip
    learns = {
        door.name
        for door in ROWS_OF
        if door.name.startswith("courses:") and "lesson_key" in door.asks
    } | {"courses:course", "exams:take", "exams:start"}
    plain = {door.name for door in plain_doors()}
    free = FOR_EVERYBODY | plain | learns | reads
    assert _opened(signed_in(keeper), province, free) == {}
