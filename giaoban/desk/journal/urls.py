"""The addresses of the journal."""

from django.urls import path

from giaoban.desk.journal import views

urlpatterns = [
    path("so-nhat-ky/", views.journal, name="journal"),
    path("so-nhat-ky/<int:number>/", views.entry, name="journal-entry"),
    path("so-nhat-ky/<int:number>/ghi-huy/", views.reverse_one, name="journal-reverse"),
]
