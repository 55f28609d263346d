from django.urls import URLPattern, URLResolver

app_name = "items"

urlpatterns: list[URLPattern | URLResolver] = []
