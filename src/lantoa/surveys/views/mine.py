"""What I am asked, and answering it."""

from contextlib import suppress

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.surveys.actions.surveys import AnsweredAlready, answer_survey
from lantoa.surveys.forms import AnswerForm
from lantoa.surveys.models import Invitation
from lantoa.surveys.queries.mine import invitation_of, invitations_of

SHOWN = 100


def _is_open(invitation: Invitation) -> bool:
    return invitation.answered_on is None and invitation.survey.closes_at > clock.now()


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    found = list(invitations_of(user_of(request))[:SHOWN])
    waiting = [one for one in found if _is_open(one)]
    context = {"waiting": waiting, "others": [one for one in found if not _is_open(one)]}
    return render(request, "surveys/mine.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, survey: int) -> HttpResponse:
    invitation = invitation_of(user_of(request), survey)
    context = {"survey": invitation.survey, "invitation": invitation}
    if not _is_open(invitation):
        return render(request, "surveys/over.html", context)
    form = AnswerForm(request.POST or None, survey=invitation.survey)
    if form.is_valid():
        # From another device, a moment ago: the same thanks.
        with suppress(AnsweredAlready):
            answer_survey(invitation=invitation, given=form.given())
        return redirect("surveys:answer", survey)
    return render(request, "surveys/answer.html", context | {"form": form})
