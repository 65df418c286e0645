"""The application as a web server runs it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allpresent.config.settings")
application = get_wsgi_application()

# What the program itself is made of stays for ever: it is not looked through again for what can be thrown away, and
# what a request leaves behind is looked for every fifty thousand things, not every seven hundred.
gc.freeze()
gc.set_threshold(50_000, 20, 100)
