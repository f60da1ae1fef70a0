"""The addresses of members."""

from django.urls import path

from giaoban.desk.members import views

urlpatterns = [
    path("dang-vien/", views.members, name="members"),
    path("dang-vien/xuat/<str:form>/", views.export, name="members-export"),
    path("dang-vien/<int:person>/", views.member, name="members-person"),
]
