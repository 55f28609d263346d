from django.urls import path

from lantoa.installation import views

app_name = "installation"

urlpatterns = [
    path("", views.agency, name="settings"),
    path("banner", views.banner, name="banner"),
    path("logo/remove", views.remove_logo, name="remove_logo"),
    path("mail", views.mail, name="mail"),
    path("sms", views.sms, name="sms"),
    path("conference", views.conference, name="conference"),
]
