"""The addresses of the figures."""

from django.urls import path

from giaoban.desk.figures import views

urlpatterns = [
    path("so-lieu/", views.figures, name="figures"),
    path("so-lieu/xuat/<str:form>/", views.export, name="figures-export"),
    path("so-lieu/nguon/", views.behind, name="figures-behind"),
    path("so-lieu/nguon/xuat/<str:form>/", views.export_behind, name="figures-behind-export"),
]
