"""The addresses of signing in: only what an office needs of the library's."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import path

from giaoban.desk.signing_in import views

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("ngung-dung/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("xac-nhan-lai/ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("xac-nhan-lai/khoa/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("hai-lop/", views.to_account, name="mfa_index"),
    path("hai-lop/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-lop/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-lop/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-khoi-phuc/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("ma-khoi-phuc/tao/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("ma-khoi-phuc/tai-ve/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("khoa/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/dang-nhap/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("khoa/<int:pk>/go/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("khoa/<int:pk>/sua/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("phien/", sessions.list_usersessions, name="usersessions_list"),
    path("phien/<int:session>/ket-thuc/", views.end_session, name="usersessions_end"),
]
