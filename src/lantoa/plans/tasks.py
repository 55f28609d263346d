from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.plans.queries.choices import Choice, persons_chosen
from lantoa.plans.queries.plans import cohort_for
from lantoa.programmes.actions import enrol


def enrol_choice(run: JobRun) -> dict[str, Any]:
    """Enrol a chosen thousand or more; rights are checked again when the job runs."""
    if run.actor is None:
        raise JobRefused(_("Tài khoản của người ghi danh không còn."))
    try:
        cohort = cohort_for(run.actor, run.params["cohort"]).cohort
    except Http404 as error:
        raise JobRefused(_("Đợt này không còn thuộc phạm vi của anh/chị.")) from error
    choice = Choice.from_params(run.params["choice"])
    persons = list(persons_chosen(run.actor, cohort, choice))
    run.progress(0, len(persons))
    try:
        report = enrol(cohort=cohort, persons=persons, actor=run.actor, choice=run.params["words"])
    except ValidationError as error:
        raise JobRefused(" ".join(error.messages)) from error
    run.progress(len(persons), len(persons))
    return {**report.counts, "url": run.params["url"]}
