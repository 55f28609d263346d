from django.urls import path

from lantoa.exams.views import (
    appeals,
    candidates,
    corrections,
    council,
    duties,
    examiners,
    late,
    marking,
    pages,
)

app_name = "exams"

urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("sittings/", examiners.index, name="sittings"),
    path("sittings/<int:pk>/", examiners.sitting, name="sitting"),
    path("sittings/<int:pk>/results.xlsx", examiners.export, name="export"),
    path("sittings/<int:pk>/marking/", marking.desk, name="marking"),
    path("sittings/<int:pk>/marking/take/", marking.take, name="take_mark"),
    path("sittings/<int:pk>/marking/progress/", marking.progress, name="marking_progress"),
    path("marks/<int:pk>/", marking.mark, name="mark"),
    path("marks/<int:pk>/give-back/", marking.give_back, name="give_back_mark"),
    path("sittings/<int:pk>/late/", late.late, name="late"),
    path("sittings/<int:pk>/late/decide/", late.decide, name="decide_late"),
    path("sittings/<int:pk>/council/", council.council, name="council"),
    path("sittings/<int:pk>/council/decide/", council.decide, name="decide"),
    path("sittings/<int:pk>/council/verify/", council.verify, name="verify"),
    path("sittings/<int:pk>/scores.xlsx", council.scores, name="score_sheet"),
    path("sittings/<int:pk>/scores.pdf", council.scores_pdf, name="score_pdf"),
    path("sittings/<int:pk>/keys/", corrections.proposals, name="key_proposals"),
    path("sittings/<int:pk>/keys/<int:version>/", corrections.propose, name="propose_key"),
    path("keys/<int:pk>/", corrections.proposal, name="key_proposal"),
    path("keys/<int:pk>/decide/", corrections.decide, name="decide_key"),
    path("sittings/<int:pk>/appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:pk>/", appeals.appeal, name="appeal"),
    path("appeals/<int:pk>/reopen/", appeals.reopen, name="reopen_marking"),
    path("appeals/<int:pk>/decide/", appeals.decide, name="decide_appeal"),
    path("attempts/<uuid:public_id>/appeal/", appeals.file, name="file_appeal"),
    path("sittings/<int:pk>/take/", candidates.take, name="take"),
    path("sittings/<int:pk>/start/", candidates.start, name="start"),
    path("attempts/<uuid:public_id>/", candidates.paper, name="paper"),
    path("attempts/<uuid:public_id>/plain/", candidates.plain, name="plain"),
    path("attempts/<uuid:public_id>/submit/", candidates.submit, name="submit"),
    path("attempts/<uuid:public_id>/result/", candidates.result, name="result"),
    path("attempts/<uuid:public_id>/log/", examiners.log, name="log"),
    # What the hot path shows everybody alike; it fetches these itself and keeps them.
    path("pages/enter/", pages.enter, name="enter_page"),
    path("pages/sit/", pages.sit, name="sit_page"),
]
