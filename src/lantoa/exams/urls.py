from django.urls import path

from lantoa.exams.views import candidates, examiners, minutes, pages, uploads, watching

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
    path("watch/", watching.index, name="watching"),
    path("sittings/<int:pk>/watch/", watching.live, name="watch"),
    path("sittings/<int:pk>/watch/feed/", watching.feed, name="watch_feed"),
    path("sittings/<int:pk>/watch/time/", watching.time, name="watch_time"),
    path("sittings/<int:pk>/watch/pause/", watching.pause, name="watch_pause"),
    path("sittings/<int:pk>/watch/incident/", watching.incident, name="watch_incident"),
    path("sittings/<int:pk>/watch/<int:candidate>/", watching.one, name="watch_one"),
    path("sittings/<int:pk>/minutes.docx", minutes.docx, name="minutes_docx"),
    path("sittings/<int:pk>/minutes.pdf", minutes.pdf, name="minutes_pdf"),
    # What the hot path shows everybody alike; it fetches these itself and keeps them.
    path("pages/enter/", pages.enter, name="enter_page"),
    path("pages/sit/", pages.sit, name="sit_page"),
]
