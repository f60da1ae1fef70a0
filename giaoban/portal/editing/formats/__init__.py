"""How dates are typed at the portal (Django's ``FORMAT_MODULE_PATH``)."""
