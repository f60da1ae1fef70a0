"""The addresses of reports."""

from django.urls import path

from giaoban.desk.reports import (
    beginning,
    comparing,
    copies,
    definitions,
    draft,
    drafts,
    editing,
    explaining,
    issued,
    issuing,
    number,
    printing,
    register_list,
    registers,
    schedules,
)

HERE = "bao-cao/"
DRAFT, ISSUED = f"{HERE}du-thao/<int:pk>/", f"{HERE}<int:number>/"
DEFINITION, SCHEDULE = f"{HERE}mau/<slug:report>/", f"{HERE}gui-dinh-ky/<int:pk>/"

urlpatterns = [
    path(HERE, register_list.issued_list, name="reports"),
    path(f"{HERE}soan/", beginning.begin, name="reports-begin"),
    path(f"{HERE}du-thao/", drafts.drafts, name="reports-drafts"),
    path(DRAFT, draft.draft, name="reports-draft"),
    path(f"{DRAFT}buoc/", draft.step, name="reports-draft-step"),
    path(f"{DRAFT}giai-trinh/", explaining.explain, name="reports-draft-explain"),
    path(
        f"{DRAFT}giai-trinh/<int:number>/bo/", explaining.take_back, name="reports-draft-take-back"
    ),
    path(f"{DRAFT}tai/<str:document>/", draft.download, name="reports-draft-file"),
    path(f"{DRAFT}ban-hanh/", issuing.issue, name="reports-issue"),
    path(ISSUED, issued.issued, name="reports-issued"),
    path(f"{ISSUED}tai/<str:document>/", issued.download, name="reports-issued-file"),
    path(f"{ISSUED}thu-hoi/", issued.withdraw, name="reports-withdraw"),
    path(f"{ISSUED}thay-the/", issued.supersede, name="reports-supersede"),
    path(f"{ISSUED}dieu-chinh/", issued.correct, name="reports-correct"),
    path(f"{ISSUED}ban-ky/", copies.upload, name="reports-sign"),
    path(f"{ISSUED}ban-ky/<int:copy>/", copies.signed, name="reports-signed"),
    path(f"{HERE}so-sanh/", comparing.compare, name="reports-compare"),
    path(f"{HERE}in-thu/", printing.working_print, name="reports-print"),
    path(f"{HERE}in-thu/<str:document>/", printing.download, name="reports-print-file"),
    path(f"{HERE}con-so/", number.number, name="reports-number"),
    path(f"{HERE}mau/", definitions.definitions_page, name="reports-definitions"),
    path(DEFINITION, definitions.definition, name="reports-definition"),
    path(f"{DEFINITION}sua/", editing.edit, name="reports-definition-edit"),
    path(f"{DEFINITION}sao-chep/", editing.copy, name="reports-definition-copy"),
    path(f"{HERE}so-van-ban/", registers.registers_page, name="reports-registers"),
    path(f"{HERE}so-van-ban/mo/", registers.open_one, name="reports-registers-open"),
    path(f"{HERE}gui-dinh-ky/", schedules.schedules, name="reports-schedules"),
    path(f"{HERE}gui-dinh-ky/them/", schedules.add, name="reports-schedules-add"),
    path(SCHEDULE, schedules.change, name="reports-schedule"),
    path(f"{SCHEDULE}ngung/", schedules.end, name="reports-schedules-end"),
    path(f"{SCHEDULE}gui-lai/", schedules.send_again, name="reports-schedules-again"),
]
