from django.urls import path

from lantoa.plans.views import (
    cohorts,
    coverage,
    enrolling,
    ledger,
    needs,
    nominations,
    plan_life,
    plans,
    quotas,
)

app_name = "plans"

_SCOPE = "<int:plan>/programmes/<int:programme>/units/<int:unit>/"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("new/", plan_life.new_plan, name="new_plan"),
    path("<int:plan>/", plans.plan_page, name="plan"),
    path("<int:plan>/edit/", plan_life.edit_plan, name="edit_plan"),
    path("<int:plan>/issue/", plan_life.issue, name="issue_plan"),
    path("<int:plan>/close/", plan_life.close, name="close_plan"),
    path("<int:plan>/reopen/", plan_life.reopen, name="reopen_plan"),
    path("<int:plan>/versions/<int:number>/", plan_life.version, name="version"),
    path("needs/", needs.reviews, name="reviews"),
    path("needs/new/", needs.new_review, name="new_review"),
    path("needs/<int:review>/", needs.review, name="review"),
    path("needs/<int:review>/close/", needs.close, name="close_review"),
    path("needs/<int:review>/plan/", needs.draft, name="plan_from_needs"),
    path("needs/<int:review>/units/<int:unit>/", needs.review, name="review_unit"),
    path("needs/<int:review>/units/<int:unit>/export/", needs.review_export, name="review_export"),
    path("needs/<int:review>/units/<int:unit>/state/", needs.statement, name="statement"),
    path(_SCOPE, coverage.coverage_page, name="coverage"),
    path(_SCOPE + "export/", coverage.coverage_export, name="coverage_export"),
    path(_SCOPE + "people/", coverage.people, name="people"),
    path(_SCOPE + "people/export/", coverage.people_export, name="people_export"),
    path(_SCOPE + "remind/", coverage.remind, name="remind"),
    path(_SCOPE + "quotas/", quotas.quotas, name="quotas"),
    path(_SCOPE + "quotas/paste/", quotas.paste, name="paste_quotas"),
    path(_SCOPE + "quotas/share/", quotas.share, name="share_quotas"),
    path(_SCOPE + "quotas/ledger/", ledger.ledger, name="ledger"),
    path(_SCOPE + "quotas/tree/", ledger.tree, name="quota_tree"),
    path(_SCOPE + "quotas/tree/export/", ledger.tree_export, name="quota_tree_export"),
    path(_SCOPE + "quotas/borrow/", ledger.borrow, name="borrow_quota"),
    path(_SCOPE + "quotas/return/", ledger.give_back, name="return_quota"),
    path(
        _SCOPE + "quotas/ledger/<int:posting>/reverse/",
        ledger.reverse_entry,
        name="reverse_posting",
    ),
    path("<int:plan>/cohorts/new/", cohorts.new_cohort, name="new_cohort"),
    path("cohorts/<int:cohort>/", cohorts.cohort_page, name="cohort"),
    path("cohorts/<int:cohort>/edit/", cohorts.edit_cohort, name="edit_cohort"),
    path("cohorts/<int:cohort>/nominations/", nominations.ask, name="ask_for_names"),
    path("cohorts/<int:cohort>/nominations/<int:unit>/", nominations.names, name="names"),
    path("cohorts/<int:cohort>/enrol/", enrolling.enrol_units, name="enrol"),
    path("cohorts/<int:cohort>/pick/", enrolling.pick, name="pick"),
    path("cohorts/<int:cohort>/batches/<int:batch>/undo/", cohorts.undo, name="undo_batch"),
    path("enrolments/<int:enrolment>/withdraw/", cohorts.withdraw, name="withdraw"),
]
