"""What the web server calls. The connection is the desk's own: see ``ledger/row_security.py``."""

import os

os.environ["GIAOBAN_DOOR"] = "desk"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.desk.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
