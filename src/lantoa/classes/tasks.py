"""Work on whole classes that takes longer than a page may."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.online import judge_over
from lantoa.classes.actions.proposals import keep
from lantoa.classes.actions.rooms import ask_rooms
from lantoa.classes.permissions import managed
from lantoa.classes.queries.classes import classes_visible
from lantoa.classes.queries.proposals import proposal_for
from lantoa.classes.solving import Solving
from lantoa.jobs.runs import JobRefused, JobRun


def end(run: JobRun) -> dict[str, Any]:
    actor: User = run.actor or AnonymousUser()  # type: ignore[assignment]
    found = classes_visible(actor).filter(managed(actor), pk=run.params["class"]).first()
    if found is None:
        raise JobRefused(_("Lớp này không còn trong phạm vi của anh/chị."))
    try:
        passed = end_class(actor=run.actor, training_class=found, progress=run.progress)
    except ValidationError as error:
        raise JobRefused(" ".join(error.messages)) from error
    return {"passed": passed, "url": run.params["url"], "label": _("Xem lớp")}


def judge_online() -> None:
    """For the schedule: attendance of meetings held online that are over."""
    judge_over()


def ask_conference() -> None:
    """For the schedule: who is in the rooms whose meetings go on."""
    ask_rooms()


def propose(run: JobRun) -> dict[str, Any]:
    actor: User = run.actor or AnonymousUser()  # type: ignore[assignment]
    try:
        proposal = proposal_for(actor, run.params["proposal"])
    except Http404 as error:
        raise JobRefused(_("Đề xuất này không còn trong phạm vi của anh/chị.")) from error
    outcome = Solving(proposal).solve()
    keep(proposal=proposal, outcome=outcome)
    return {"classes": len(outcome["classes"]), "url": run.params["url"], "label": _("Xem đề xuất")}
