from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lantoa.people"
    label = "people"
