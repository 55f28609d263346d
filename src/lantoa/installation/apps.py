from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "lantoa.installation"
    label = "installation"
