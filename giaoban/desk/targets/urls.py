"""The addresses of targets."""

from django.urls import path

from giaoban.desk.targets import views

urlpatterns = [
    path("chi-tieu/", views.targets, name="targets"),
    path("chi-tieu/lich-su/", views.history, name="targets-history"),
    path("chi-tieu/xuat/<str:form>/", views.export, name="targets-export"),
]
