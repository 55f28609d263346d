"""For developers: the project includes this only where DEBUG is on."""

from django.urls import path

from lantoa.web.views import styleguide

app_name = "web"

urlpatterns = [path("", styleguide, name="styleguide")]
