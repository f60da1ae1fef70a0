"""The addresses of intake."""

from django.urls import path

from giaoban.desk.intake import views

urlpatterns = [
    path("nhap-du-lieu/", views.intakes, name="intake"),
    path("nhap-du-lieu/mau/<str:subject>/", views.template, name="intake-template"),
    path("nhap-du-lieu/<int:pk>/", views.match, name="intake-match"),
    path("nhap-du-lieu/<int:pk>/xem-truoc/", views.look, name="intake-look"),
    path("nhap-du-lieu/<int:pk>/ghi/", views.record, name="intake-record"),
    path("nhap-du-lieu/<int:pk>/tien-do/", views.progress, name="intake-progress"),
    path("nhap-du-lieu/<int:pk>/dung/", views.stop, name="intake-stop"),
]
