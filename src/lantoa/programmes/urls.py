from django.urls import path

from lantoa.programmes import views

app_name = "programmes"

urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("new/", views.choose_preset, name="choose_preset"),
    path("new/form/", views.new_programme, name="new_programme"),
    path("<int:programme>/", views.programme_page, name="programme"),
    path("<int:programme>/edit/", views.edit_programme, name="edit_programme"),
]
