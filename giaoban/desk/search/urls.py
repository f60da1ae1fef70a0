"""The address of the search."""

from django.urls import path

from giaoban.desk.search import views

urlpatterns = [path("tim/", views.search, name="search")]
