from django.urls import URLPattern, URLResolver, path, re_path

from lantoa.courses.views import (
    activities,
    courses,
    drafts,
    learners,
    pieces,
    previews,
    publishing,
)

app_name = "courses"

COURSE = "<int:course_id>/"
LESSON = COURSE + "lessons/<uuid:lesson_key>/"
ACTIVITY = LESSON + "activities/<uuid:activity_key>/"
EDIT = COURSE + "edit/"
PIECE = r"^(?P<course_id>[0-9]+)/edit/(?P<sort>modules|lessons|activities)/(?P<piece_id>[0-9]+)/"
PREVIEW = COURSE + "preview/lessons/<uuid:lesson_key>/"

learning: list[URLPattern | URLResolver] = [
    path(COURSE, learners.course, name="course"),
    path(LESSON, learners.lesson, name="lesson"),
    path(LESSON + "finish/", learners.finish, name="finish"),
    path(LESSON + "retake/", learners.retake, name="retake"),
    path(ACTIVITY + "answer/", learners.answer, name="answer"),
    path(ACTIVITY + "position/", learners.position, name="position"),
    path(ACTIVITY + "seen/", learners.seen, name="seen"),
    path(ACTIVITY + "file/", learners.document, name="document"),
]

authoring: list[URLPattern | URLResolver] = [
    path("", courses.index, name="courses"),
    path("new/", courses.new, name="new"),
    path(EDIT, drafts.edit, name="edit"),
    path(EDIT + "draft/", drafts.open_draft, name="open_draft"),
    path(EDIT + "details/", drafts.details, name="details"),
    path(EDIT + "modules/new/", drafts.module_new, name="module_new"),
    path(EDIT + "modules/<int:piece_id>/", drafts.module_edit, name="module_edit"),
    path(EDIT + "modules/<int:piece_id>/lessons/new/", drafts.lesson_new, name="lesson_new"),
    path(EDIT + "lessons/<int:piece_id>/", drafts.lesson_draft, name="lesson_draft"),
    path(EDIT + "lessons/<int:piece_id>/details/", drafts.lesson_edit, name="lesson_edit"),
    path(EDIT + "lessons/<int:piece_id>/new/<slug:kind>/", activities.new, name="activity_new"),
    path(EDIT + "activities/<int:piece_id>/", activities.edit, name="activity_edit"),
    re_path(PIECE + "(?P<way>up|down)/$", pieces.move, name="move"),
    re_path(PIECE + "remove/$", pieces.remove, name="remove"),
    re_path(PIECE + "restore/$", pieces.restore, name="restore"),
    path(EDIT + "publish/", publishing.publish, name="publish"),
    path(COURSE + "versions/", publishing.versions, name="versions"),
    path(COURSE + "versions/<int:number>/move/", publishing.move, name="move_learners"),
    path(COURSE + "preview/", previews.course, name="preview"),
    path(PREVIEW, previews.lesson, name="preview_lesson"),
    path(
        PREVIEW + "activities/<uuid:activity_key>/answer/", previews.answer, name="preview_answer"
    ),
]

urlpatterns = authoring + learning
