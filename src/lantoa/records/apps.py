from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "lantoa.records"
    label = "records"
