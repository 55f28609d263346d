from django.urls import URLPattern, URLResolver, path

from lantoa.files import views

app_name = "files"

urlpatterns: list[URLPattern | URLResolver] = [
    path("m/<path:rest>", views.media, name="media"),
]
