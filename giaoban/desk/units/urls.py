"""The addresses of units."""

from django.urls import path

from giaoban.desk.units import begun, reorganising, views

BEGUN = "to-chuc/sap-xep/<slug:slug>/<uuid:number>/"

urlpatterns = [
    path("to-chuc/", views.units, name="units"),
    path("to-chuc/sap-xep/", begun.choose, name="units-reorganise"),
    path("to-chuc/sap-xep/<slug:slug>/", reorganising.facts, name="units-reorganise-begin"),
    path(BEGUN, reorganising.facts, name="units-reorganise-facts"),
    path(f"{BEGUN}noi-den/", reorganising.place, name="units-reorganise-place"),
    path(f"{BEGUN}bang/", reorganising.sheet, name="units-reorganise-sheet"),
    path(f"{BEGUN}xem-truoc/", reorganising.preview, name="units-reorganise-preview"),
    path(f"{BEGUN}da-ghi/", reorganising.done, name="units-reorganise-done"),
    path(f"{BEGUN}bo/", begun.drop, name="units-reorganise-drop"),
    path("to-chuc/<slug:code>/", views.unit, name="units-unit"),
]
