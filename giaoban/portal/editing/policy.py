"""What a page of the editors may load and do: as strict as the public's, but for two things.

The public pages of a preview are shown inside the editor, so the site may frame itself here. And
the editor of texts puts two fixed sheets of style into the page: they are allowed by what is in
them, and nothing else of that kind is. No page holds a script (``beginnings.py``).
"""

from __future__ import annotations

from csp.constants import SELF
from django.http import HttpResponse

# The indents of lists (Draftail of Wagtail 8.0), and an empty sheet where another would hold the
# hint for an empty line, which ``texts.py`` leaves out.
SHEETS = (
    "'sha256-Mhr2Q/2u+/s2WzwlFRrqCw7x0IU+emukGS8Q9RtPZ44='",
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
)


def editors_policy(response: HttpResponse) -> HttpResponse:
    """The response with the editors' policy. A preview comes with the public's, which goes."""
    response.headers.pop("Content-Security-Policy", None)
    response._csp_replace = {  # type: ignore[attr-defined]  # read by django-csp
        "frame-ancestors": [SELF], "frame-src": [SELF],
        "style-src": [SELF, *SHEETS], "img-src": [SELF, "data:", "blob:"],
    }  # fmt: skip
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
