from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "lantoa.providers"
    label = "providers"
