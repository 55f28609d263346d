from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.home.queries.desk import desk_of, enrolments_of
from lantoa.home.queries.duties import doors_of, imports_waiting, overview_of, system_state
from lantoa.people.queries import person_of
from lantoa.providers.permissions import works_for_one


@login_required
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What I have to learn; for who has nothing to learn, what waits for them in their roles."""
    user = user_of(request)
    enrolments = enrolments_of(user)
    doors = doors_of(user)
    if enrolments or not doors:
        person = enrolments[0].enrolment.person if enrolments else person_of(user)
        if person is None and works_for_one(user):
            return redirect("providers:mine")
        desk = desk_of(user, person, enrolments) if person is not None else None
        return render(
            request,
            "home/desk.html",
            {"desk": desk, "doors": doors, "imports": imports_waiting(user)},
        )
    context = {
        "doors": doors,
        "overview": overview_of(user),
        "imports": imports_waiting(user),
        "system": system_state(user),
    }
    return render(request, "home/duties.html", context)
