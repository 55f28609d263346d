from django.urls import path

from lantoa.surveys.views import mine

app_name = "surveys"

urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("<int:survey>/", mine.answer, name="answer"),
]
