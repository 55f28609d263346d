from django.urls import path

from lantoa.exams.views import candidates, examiners, saving

app_name = "exams"

urlpatterns = [
    path("sittings/", examiners.index, name="sittings"),
    path("sittings/<int:pk>/", examiners.sitting, name="sitting"),
    path("sittings/<int:pk>/results.xlsx", examiners.export, name="export"),
    path("sittings/<int:pk>/take/", candidates.take, name="take"),
    path("sittings/<int:pk>/start/", candidates.start, name="start"),
    path("attempts/<uuid:public_id>/", candidates.paper, name="paper"),
    path("attempts/<uuid:public_id>/answers/", saving.answers, name="save"),
    path("attempts/<uuid:public_id>/clock/", saving.clock_of, name="clock"),
    path("attempts/<uuid:public_id>/submit/", candidates.submit, name="submit"),
    path("attempts/<uuid:public_id>/result/", candidates.result, name="result"),
    path("attempts/<uuid:public_id>/log/", examiners.log, name="log"),
]
