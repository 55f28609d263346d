from django.urls import path

from lantoa.frameworks import views

app_name = "frameworks"

urlpatterns = [
    path("", views.index, name="frameworks"),
    path("<slug:code>/", views.framework, name="framework"),
]
