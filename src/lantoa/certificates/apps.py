from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "lantoa.certificates"
    label = "certificates"
