"""Every address of the site, one include per domain."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from lantoa.home.setup import setup
from lantoa.project.health import ready

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lantoa.home.urls")),
    path("accounts/setup", setup, name="setup"),
    path("accounts/", include("lantoa.accounts.urls")),
    path("accounts/", include("lantoa.accounts.doors")),
    path("certificates/", include("lantoa.certificates.urls")),
    path("classes/", include("lantoa.classes.urls")),
    path("courses/", include("lantoa.courses.urls")),
    path("exams/", include("lantoa.exams.urls")),
    path("files/", include("lantoa.files.urls")),
    path("frameworks/", include("lantoa.frameworks.urls")),
    path("items/", include("lantoa.items.urls")),
    path("jobs/", include("lantoa.jobs.urls")),
    path("notices/", include("lantoa.notices.urls")),
    path("obligations/", include("lantoa.obligations.urls")),
    path("people/", include("lantoa.people.urls")),
    path("plans/", include("lantoa.plans.urls")),
    path("programmes/", include("lantoa.programmes.urls")),
    path("providers/", include("lantoa.providers.urls")),
    path("reports/", include("lantoa.reports.urls")),
    path("surveys/", include("lantoa.surveys.urls")),
    path("system/", include("lantoa.installation.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("readyz", ready, name="ready"),
]

handler500 = "lantoa.project.errors.server_error"

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", include("lantoa.web.urls")))
