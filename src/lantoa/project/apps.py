from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lantoa.project"
    label = "project"
