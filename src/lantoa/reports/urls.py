from django.urls import path

from lantoa.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("export/", views.export, name="export"),
    path("definitions/", views.definitions, name="definitions"),
]
