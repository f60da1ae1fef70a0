"""The address of the login's own page, beside those of the library."""

from __future__ import annotations

from django.urls import path

from giaoban.desk.signing_in import views

urlpatterns = [path("tai-khoan/", views.account, name="account")]
