from django.urls import URLPattern, URLResolver, path

from lantoa.courses.views import learners

app_name = "courses"

COURSE = "<int:course_id>/"
LESSON = COURSE + "lessons/<uuid:lesson_key>/"
ACTIVITY = LESSON + "activities/<uuid:activity_key>/"

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

urlpatterns = learning
