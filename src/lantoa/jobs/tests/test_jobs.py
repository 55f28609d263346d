"""Jobs as visible rows: who sees them, how they end."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.module_loading import import_string

from lantoa.jobs import actions, tasks
from lantoa.jobs.models import Job
from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.kernel import clock

pytestmark = pytest.mark.django_db

CALLS: list[int] = []


def good(run: JobRun) -> dict[str, Any]:
    run.progress(3, 3, "ba")
    return {"rows": 3}


def refusing(run: JobRun) -> None:
    raise JobRefused("Tệp không còn nữa.")


def breaking(run: JobRun) -> None:
    CALLS.append(1)
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    for handler in (good, refusing, breaking):
        monkeypatch.setattr(tasks, handler.__name__, handler, raising=False)
    CALLS.clear()
    real = import_string

    def find(path: str) -> Any:
        name = path.rsplit(".", 1)[1]
        return getattr(tasks, name) if path.startswith("lantoa.test.tasks.") else real(path)

    monkeypatch.setattr(tasks, "import_string", find)


def run(handler: str, django_capture_on_commit_callbacks: Any, owner: Any = None) -> Job:
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.enqueue(handler=handler, title="Thử", actor=owner)
    job.refresh_from_db()
    return job


def test_a_job_runs_to_its_end(django_capture_on_commit_callbacks: Any) -> None:
    job = run("lantoa.test.tasks.good", django_capture_on_commit_callbacks)
    assert (job.state, job.done, job.result) == ("done", 3, {"rows": 3})


def test_a_refusal_keeps_its_reason_and_is_not_tried_again(
    django_capture_on_commit_callbacks: Any,
) -> None:
    job = run("lantoa.test.tasks.refusing", django_capture_on_commit_callbacks)
    assert (job.state, job.error, job.attempts) == ("failed", "Tệp không còn nữa.", 1)


def test_an_unforeseen_error_is_tried_three_times(django_capture_on_commit_callbacks: Any) -> None:
    job = run("lantoa.test.tasks.breaking", django_capture_on_commit_callbacks)
    assert (job.state, job.attempts, len(CALLS)) == ("failed", 3, 3)
    assert "ZeroDivision" not in job.error


@pytest.mark.parametrize(
    ("minutes", "attempts", "state"), [(61, 1, "done"), (61, 3, "failed"), (59, 1, "running")]
)
def test_a_job_cut_off_with_its_process_is_run_again(
    minutes: int, attempts: int, state: str
) -> None:
    began = clock.now() - timedelta(minutes=minutes)
    job = Job.objects.create(
        handler="lantoa.test.tasks.good", state="running", attempts=attempts, started_at=began
    )
    tasks.run_cut_off()
    job.refresh_from_db()
    assert job.state == state


def test_a_job_names_only_functions_of_tasks(django_capture_on_commit_callbacks: Any) -> None:
    job = run("os.system", django_capture_on_commit_callbacks)
    assert job.state == "failed"


def test_only_its_owner_sees_and_retries_a_job(
    commune: Any, make_person: Any, signed_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    owner, stranger = make_person("Lê Thị Bình", commune), make_person("Vũ Văn Cát", commune)
    job = run("lantoa.test.tasks.refusing", django_capture_on_commit_callbacks, owner.user)
    page, again = reverse("jobs:job", args=[job.pk]), reverse("jobs:retry", args=[job.pk])
    assert "Tệp không còn nữa." in signed_in(owner).get(page).content.decode()
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(stranger).post(again).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(owner).post(again).status_code == 302
    job.refresh_from_db()
    assert job.attempts == 1
