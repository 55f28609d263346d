from django.urls import URLPattern, URLResolver, path

from lantoa.people.views import codes, persons, posts, roles, roster_rows, rosters, sheets, units

app_name = "people"

urlpatterns: list[URLPattern | URLResolver] = [
    path("units/", units.units, name="units"),
    path("units/options", units.unit_options, name="unit-options"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/children", units.unit_children, name="unit-children"),
    path("units/<int:pk>/add", units.unit_add, name="unit-add"),
    path("units/<int:pk>/edit", units.unit_edit, name="unit-edit"),
    path("units/<int:pk>/end", units.unit_end, name="unit-end"),
    path("persons/", persons.persons, name="persons"),
    path("persons/export.xlsx", sheets.export, name="persons-export"),
    path("persons/sheets/<int:pk>", sheets.sheet, name="persons-sheet"),
    path("persons/add", persons.person_add, name="person-add"),
    path("persons/codes", codes.issue, name="issue-codes"),
    path("persons/<int:pk>/", persons.person, name="person"),
    path("persons/<int:pk>/edit", persons.person_edit, name="person-edit"),
    path("persons/<int:pk>/transfer", posts.transfer, name="transfer"),
    path("persons/<int:pk>/leave", posts.leave, name="leave"),
    path("persons/<int:pk>/back", posts.come_back, name="come-back"),
    path("persons/<int:pk>/code", codes.renew, name="renew-code"),
    path("persons/<int:pk>/role", roles.grant, name="grant"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/add", rosters.roster_add, name="roster-add"),
    path("rosters/<int:pk>/", rosters.roster, name="roster"),
    path("rosters/<int:pk>/sheets", rosters.roster_sheets, name="roster-sheets"),
    path("rosters/<int:pk>/rows", roster_rows.roster_rows, name="roster-rows"),
    path("rosters/<int:pk>/rows/<int:row_pk>", roster_rows.roster_row, name="roster-row"),
    path("rosters/<int:pk>/apply", rosters.roster_apply, name="roster-apply"),
    path("rosters/<int:pk>/undo", rosters.roster_undo, name="roster-undo"),
    path("rosters/<int:pk>/discard", rosters.roster_discard, name="roster-discard"),
    path("roles/", roles.roles, name="roles"),
    path("roles/pick", roles.pick, name="role-pick"),
    path("roles/<int:pk>/withdraw", roles.withdraw, name="withdraw"),
]
