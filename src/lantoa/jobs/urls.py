from django.urls import path

from lantoa.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:pk>", views.job, name="job"),
    path("<int:pk>/retry", views.retry_job, name="retry"),
]
