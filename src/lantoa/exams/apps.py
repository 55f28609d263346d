from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "lantoa.exams"
    label = "exams"
