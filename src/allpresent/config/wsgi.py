"""The application as a web server runs it, every page loaded before the first visitor asks for one."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from allpresent.config.loading import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allpresent.config.settings")
with loading():
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)
