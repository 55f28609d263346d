from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "lantoa.items"
    label = "items"
