"""Documents as files to take away, in the four forms."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from giaoban.reports.rendering.rendition import Form

FORMS = tuple(form.value for form in Form)


def form_of(told: str) -> Form:
    """The form of an address; raises ``Http404``."""
    if told not in FORMS:
        raise Http404(told)
    return Form(told)


def as_file(content: bytes, form: Form, name: str) -> HttpResponse:
    """A file to download, named ``name`` with the form's ending."""
    response = HttpResponse(content, content_type=form.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form.value}"'
    return response
