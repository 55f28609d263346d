from django.urls import path

from lantoa.exams.views import candidates, examiners, pages, uploads

app_name = "exams"

urlpatterns = [
    path("sittings/", examiners.index, name="sittings"),
    path("sittings/<int:pk>/", examiners.sitting, name="sitting"),
    path("sittings/<int:pk>/results.xlsx", examiners.export, name="export"),
    path("sittings/<int:pk>/take/", candidates.take, name="take"),
    path("sittings/<int:pk>/start/", candidates.start, name="start"),
    path("attempts/<uuid:public_id>/", candidates.paper, name="paper"),
    path("attempts/<uuid:public_id>/plain/", candidates.plain, name="plain"),
    path("attempts/<uuid:public_id>/submit/", candidates.submit, name="submit"),
    path("attempts/<uuid:public_id>/upload/<int:slot>/", uploads.upload, name="upload"),
    path("attempts/<uuid:public_id>/result/", candidates.result, name="result"),
    path("attempts/<uuid:public_id>/log/", examiners.log, name="log"),
    # What the hot path shows everybody alike; it fetches these itself and keeps them.
    path("pages/enter/", pages.enter, name="enter_page"),
    path("pages/sit/", pages.sit, name="sit_page"),
]
