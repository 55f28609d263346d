from django.urls import path

from lantoa.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notices, name="notices"),
    path("<int:pk>", views.open_notice, name="notice"),
    path("read", views.read_all, name="read_all"),
    path("messages", views.messages, name="messages"),
    path("messages/<int:pk>/retry", views.retry, name="retry"),
]
