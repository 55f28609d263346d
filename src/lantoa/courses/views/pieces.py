"""Moving, removing and putting back pieces of a draft: plain buttons, one POST each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lantoa.accounts.asking import user_of
from lantoa.courses import actions
from lantoa.courses.models import Activity
from lantoa.courses.queries.authoring import piece_for
from lantoa.courses.queries.pieces import Piece
from lantoa.courses.views.pages import edit_url, lesson_draft_url

STEPS = {"up": -1, "down": 1}


@login_required
@require_POST
def move(request: HttpRequest, course_id: int, sort: str, piece_id: int, way: str) -> HttpResponse:
    piece = piece_for(user_of(request), course_id, sort, piece_id)
    actions.shift(actor=user_of(request), piece=piece, by=STEPS[way])
    # Back on the same button, so that the keyboard can press it again.
    return redirect(_home(course_id, piece, anchor=f"{sort}-{piece_id}-{way}"))


@login_required
@require_POST
def remove(request: HttpRequest, course_id: int, sort: str, piece_id: int) -> HttpResponse:
    piece = piece_for(user_of(request), course_id, sort, piece_id)
    actions.remove(actor=user_of(request), piece=piece)
    return redirect(_home(course_id, piece, query=f"?removed={sort}-{piece_id}"))


@login_required
@require_POST
def restore(request: HttpRequest, course_id: int, sort: str, piece_id: int) -> HttpResponse:
    piece = piece_for(user_of(request), course_id, sort, piece_id)
    actions.restore(actor=user_of(request), piece=piece)
    messages.success(request, _("Đã khôi phục."))
    return redirect(_home(course_id, piece, anchor=f"{sort}-{piece_id}"))


def _home(course_id: int, piece: Piece, *, anchor: str = "", query: str = "") -> str:
    """The page that lists the piece: the lesson for an activity, else the course."""
    if isinstance(piece, Activity):
        where = lesson_draft_url(course_id, piece.lesson_id)
    else:
        where = edit_url(course_id)
    return f"{where}{query}" + (f"#{anchor}" if anchor else "")
