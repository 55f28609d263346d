from django.urls import path

from lantoa.obligations.views import mine, rules

app_name = "obligations"

urlpatterns = [
    path("", rules.rules, name="rules"),
    path("new/", rules.new_rule, name="new_rule"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/ask/", mine.ask, name="ask"),
    path("petitions/", mine.petitions, name="petitions"),
    path("petitions/<int:pk>/", mine.answer, name="answer"),
    path("<int:pk>/edit/", rules.edit_rule, name="edit_rule"),
    path("<int:pk>/units/<int:unit>/", rules.rule_page, name="rule"),
    path("<int:pk>/units/<int:unit>/people/", rules.people, name="people"),
    path("<int:pk>/units/<int:unit>/people/export/", rules.people_export, name="people_export"),
]
