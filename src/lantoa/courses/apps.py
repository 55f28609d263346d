from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "lantoa.courses"
    label = "courses"
