from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "lantoa.programmes"
    label = "programmes"
