from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "lantoa.classes"
    label = "classes"
