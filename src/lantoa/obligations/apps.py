from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "lantoa.obligations"
    label = "obligations"
