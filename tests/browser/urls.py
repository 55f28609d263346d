"""The site's addresses and the developers' page, which the site itself has only under DEBUG."""

from django.urls import include, path

from lantoa.project.urls import urlpatterns as site

urlpatterns = [*site, path("styleguide/", include("lantoa.web.urls"))]
