"""The addresses of acts and proposals."""

from django.urls import path

from giaoban.desk.acts import deciding, views

urlpatterns = [
    path("ghi-viec/", views.acts, name="acts"),
    path("ghi-viec/tim/<str:field>/", views.seek, name="acts-seek"),
    path("ghi-viec/de-xuat/", deciding.proposals, name="acts-proposals"),
    path("ghi-viec/de-xuat/<int:number>/", deciding.one_proposal, name="acts-proposal"),
    path("ghi-viec/de-xuat/<int:number>/dong/", deciding.lines, name="acts-lines"),
    path("ghi-viec/de-xuat/<int:number>/ghi/", deciding.record, name="acts-record"),
    path("ghi-viec/de-xuat/<int:number>/khong-duyet/", deciding.decline, name="acts-decline"),
    path("ghi-viec/<slug:verb>/", views.act, name="acts-form"),
]
