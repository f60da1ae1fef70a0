"""What the web server calls: the front, and Django behind it with the portal's own rights."""

import os
import sys

os.environ["GIAOBAN_DOOR"] = "portal"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.portal.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from giaoban.portal.caching import NO_PAGES
from giaoban.portal.front.listening import Listener
from giaoban.portal.front.serving import Front
from giaoban.portal.front.store import Store

# An editor's request, which computes for long, lets a reader's in ten times sooner.
sys.setswitchinterval(0.0005)

_store = Store()
_listener = Listener(_store, connection.get_connection_params)
application = Front(
    get_wsgi_application(), _store, trusted=lambda: _listener.hears,
    session=settings.SESSION_COOKIE_NAME, language=settings.LANGUAGE_COOKIE_NAME,
    languages=dict(settings.LANGUAGES),
    straight=NO_PAGES,
)  # fmt: skip
_listener.start()
