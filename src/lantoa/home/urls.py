from django.urls import URLPattern, URLResolver, path

from lantoa.home import known, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("mine/export", known.export, name="home_export"),
]
