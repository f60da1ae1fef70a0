"""What the web server calls. The connection has the portal's own rights: see ``rights.py``."""

import os

os.environ["GIAOBAN_DOOR"] = "portal"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.portal.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
