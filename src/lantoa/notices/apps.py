from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lantoa.notices"
    label = "notices"
