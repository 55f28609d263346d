from django.urls import path

from lantoa.classes.views import (
    attendance,
    classes,
    meetings,
    members,
    mine,
    proposals,
    roll,
    timetable,
    venues,
    worker,
)

app_name = "classes"

urlpatterns = [
    path("", classes.classes, name="classes"),
    path("cohorts/<int:cohort>/new/", classes.new_class, name="new_class"),
    path("cohorts/<int:cohort>/propose/", proposals.propose, name="propose"),
    path(
        "cohorts/<int:cohort>/lecturers/<int:requirement>/", proposals.lecturers, name="lecturers"
    ),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("timetable/", timetable.timetable, name="timetable"),
    path("trainers/", timetable.trainer_load, name="trainer_load"),
    path("venues/", venues.venues, name="venues"),
    path("venues/new/", venues.new_venue, name="new_venue"),
    path("venues/<int:venue>/edit/", venues.edit_venue, name="edit_venue"),
    path("worker.js", worker.worker, name="worker"),
    path("mine/", mine.mine, name="mine"),
    path("mine/feed/", mine.make_own_feed, name="make_feed"),
    path("feed/<str:token>.ics", mine.feed, name="feed"),
    path("<int:pk>/", classes.class_page, name="class"),
    path("<int:pk>/edit/", classes.edit_class, name="edit_class"),
    path("<int:pk>/cancel/", classes.cancel, name="cancel_class"),
    path("<int:pk>/end/", classes.end, name="end_class"),
    path("<int:pk>/reopen/", classes.reopen, name="reopen_class"),
    path("<int:pk>/meetings/new/", meetings.add_meetings, name="add_meetings"),
    path("<int:pk>/trainers/", meetings.trainers, name="trainers"),
    path("<int:pk>/members/", members.place, name="place"),
    path("<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("<int:pk>/attendance/export/", attendance.attendance_export, name="attendance_export"),
    path("members/<int:pk>/take-out/", members.take_out, name="take_out"),
    path("meetings/<int:pk>/", roll.roll, name="roll"),
    path("meetings/<int:pk>/marks/", roll.take_marks, name="take_marks"),
    path("meetings/<int:pk>/code/", roll.code, name="code"),
    path("meetings/<int:pk>/edit/", meetings.edit_meeting, name="edit_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("meetings/<int:pk>/sign-in/", attendance.sign_in, name="sign_in"),
    path("meetings/<int:pk>/here/", mine.here, name="here"),
    path("meetings/<int:pk>/dispute/", mine.object_to, name="object"),
    path("disputes/<int:pk>/", roll.decide_dispute, name="decide_dispute"),
]
