from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lantoa.files"
    label = "files"
