from django.urls import path

from lantoa.providers.views import api, assignments, providers, results

app_name = "providers"

urlpatterns = [
    path("", providers.providers, name="providers"),
    path("new/", providers.new_provider, name="new_provider"),
    path("mine/", assignments.mine, name="mine"),
    path("<int:pk>/", providers.provider, name="provider"),
    path("<int:pk>/edit/", providers.edit_provider, name="edit_provider"),
    path("<int:pk>/end/", providers.end_provider, name="end_provider"),
    path("<int:pk>/staff/add/", providers.add_staff, name="add_staff"),
    path("<int:pk>/keys/make/", providers.make_key, name="make_key"),
    path("<int:pk>/assign/", assignments.assign, name="assign"),
    path("staff/<int:pk>/withdraw/", providers.withdraw_staff, name="withdraw_staff"),
    path("keys/<int:pk>/withdraw/", providers.withdraw_key, name="withdraw_key"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/edit/", assignments.edit_assignment, name="edit_assignment"),
    path(
        "assignments/<int:pk>/withdraw/",
        assignments.withdraw_assignment,
        name="withdraw_assignment",
    ),
    path("assignments/<int:pk>/people/export/", assignments.people_export, name="people_export"),
    path("assignments/<int:pk>/upload/", results.upload, name="upload"),
    path("results/<int:pk>/", results.results, name="results"),
    path("results/<int:pk>/export/", results.rows_export, name="rows_export"),
    path("results/<int:pk>/send/", results.send, name="send"),
    path("results/<int:pk>/decide/", results.decide, name="decide"),
    path("results/<int:pk>/drop/", results.drop, name="drop"),
    path("results/<int:pk>/undo/", results.undo, name="undo"),
    path("results/<int:pk>/rows/<int:position>/choose/", results.choose, name="choose"),
    path("api/assignments/", api.assignments, name="api_assignments"),
    path("api/assignments/<int:pk>/people/", api.people, name="api_people"),
    path("api/assignments/<int:pk>/results/", api.results, name="api_results"),
]
