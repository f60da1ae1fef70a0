"""What a page of the editors may load and do: as strict as the public's but for previews.

The public pages of a preview are shown inside the editor, so the site may frame itself there.
"""

from __future__ import annotations

from csp.constants import SELF
from django.http import HttpResponse


def editors_policy(response: HttpResponse) -> HttpResponse:
    """The response with the editors' policy."""
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]  # read by django-csp
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
