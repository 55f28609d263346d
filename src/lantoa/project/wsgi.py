import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
application: Any = get_wsgi_application()
# Every page's code is read before the first visitor comes, who would wait a second for it.
get_resolver().reverse_dict  # noqa: B018
