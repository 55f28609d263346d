from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "lantoa.frameworks"
    label = "frameworks"
