"""The addresses of access."""

from django.urls import path

from giaoban.desk.access import changing, logs, views

LOGIN = "phan-quyen/tai-khoan/<str:login>/"

urlpatterns = [
    path("phan-quyen/", views.in_charge, name="access"),
    path("phan-quyen/phan-cong/", changing.appoint, name="access-appoint"),
    path("phan-quyen/ket-thuc/", changing.end, name="access-end"),
    path("phan-quyen/lap-tai-khoan/", changing.create, name="access-create"),
    path("phan-quyen/tai-khoan/", views.all_logins, name="access-logins"),
    path(LOGIN, views.one_login, name="access-login"),
    path(f"{LOGIN}mat-khau/", changing.give_password, name="access-password"),
    path(f"{LOGIN}hai-lop/", changing.drop_second_step, name="access-second"),
    path(f"{LOGIN}ngung/", changing.close, name="access-close"),
    path(f"{LOGIN}dung-lai/", changing.reopen, name="access-reopen"),
    path("phan-quyen/nhat-ky/", logs.log, name="access-log"),
]
