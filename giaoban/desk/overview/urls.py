"""The address of the overview."""

from django.urls import path

from giaoban.desk.overview import views

urlpatterns = [path("", views.overview, name="overview")]
