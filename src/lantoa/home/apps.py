from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "lantoa.home"
    label = "home"
