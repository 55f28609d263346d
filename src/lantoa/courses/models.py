from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.frameworks.models import Node
from lantoa.items.models import ItemVersion
from lantoa.items.rich_text import plain
from lantoa.items.rules import headline
from lantoa.kernel import clock, ids
from lantoa.people.models import Person, Unit


class Course(models.Model):
    """A course (khóa học) through its versions, owned by a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="courses")
    # Names the course in statements, whatever the site's address.
    key = models.UUIDField(unique=True, default=ids.new_id, editable=False)
    code = models.CharField(_("Mã khóa học"), max_length=40, unique=True)
    title = models.CharField(_("Tên khóa học"), max_length=250)
    summary = models.TextField(_("Giới thiệu"), blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.title


class Removable(models.Model):
    """A piece of a draft that was taken out can be put back; publishing throws it away."""

    removed_at = models.DateTimeField(null=True)
    removed_by_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def shown_title(self) -> str:
        """What it is called in lists."""
        return str(self)

    @property
    def anchor(self) -> str:
        """Its id on the authoring pages."""
        return f"{SORTS[type(self).__name__]}-{self.pk}"


# How a piece of each sort is named in addresses and ids.
SORTS = {"Module": "modules", "Lesson": "lessons", "Activity": "activities"}


class CourseVersion(models.Model):
    """One version; a draft until `published_at`. A published version never changes."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    elective_minimum = models.PositiveSmallIntegerField(
        _("Số chuyên đề tự chọn tối thiểu"), default=0
    )
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True)
    note = models.CharField(_("Nội dung thay đổi"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="courses_version_number"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(published_at__isnull=True), name="courses_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.number}"


class Module(Removable):
    """A topic (chuyên đề) of a version."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="modules")
    # The same through all versions: progress moves along when learners are moved.
    key = models.UUIDField(default=ids.new_id)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Tên chuyên đề"), max_length=250)
    part = models.CharField(_("Phần"), max_length=250, blank=True)
    topic = models.ForeignKey(Node, null=True, blank=True, on_delete=models.PROTECT)
    summary = models.TextField(_("Tóm tắt"), blank=True)
    is_mandatory = models.BooleanField(_("Bắt buộc"), default=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="courses_module_key"),
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(Removable):
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    key = models.UUIDField(default=ids.new_id)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Tên bài"), max_length=250)
    minutes = models.PositiveSmallIntegerField(_("Thời lượng (phút)"), default=10)
    pass_mark = models.PositiveSmallIntegerField(
        _("Mức đạt để mở bài tiếp theo (%)"), default=70, help_text="0: reading it is enough"
    )

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["module", "key"], name="courses_lesson_key"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="courses_lesson_pass"),
        ]

    def __str__(self) -> str:
        return self.title


class Activity(Removable):
    """A piece of a lesson. `kind` names a folder of `courses/kinds`."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Bài đọc")
        VIDEO = "video", _("Video")
        DOCUMENT = "document", _("Tài liệu")
        QUESTION = "question", _("Câu hỏi")

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="activities")
    key = models.UUIDField(default=ids.new_id)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True, help_text="sanitised HTML: the text, or about the file")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    item_version = models.ForeignKey(
        ItemVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson", "key"], name="courses_activity_key"),
            models.CheckConstraint(
                condition=(Q(kind="text") & Q(file__isnull=True) & Q(item_version__isnull=True))
                | (Q(kind__in=["video", "document"]) & Q(file__isnull=False))
                | (Q(kind="question") & Q(item_version__isnull=False)),
                name="courses_activity_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def shown_title(self) -> str:
        """Without a title the beginning of what it says, or asks, stands for it."""
        if self.title:
            return self.title
        if self.item_version:
            words = headline(self.item_version.content)
        else:
            words = " ".join(plain(self.body[:2000]).split())
        return words[:117] + "…" if len(words) > 118 else words or str(self)


class Registration(models.Model):
    """A person learning a version of a course. They stay on it unless moved."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="registrations")
    version = models.ForeignKey(
        CourseVersion, on_delete=models.PROTECT, related_name="registrations"
    )
    # xAPI's context.registration of every statement made while learning it.
    key = models.UUIDField(unique=True, default=ids.new_id)
    registered_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "course"], name="courses_registration_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.course_id}"


class LessonProgress(models.Model):
    """Derived from the learner's statements (`courses.actions.rebuild_progress` makes it anew)."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="lesson_progress"
    )
    lesson_key = models.UUIDField()
    started_at = models.DateTimeField()
    # The questions may be taken again: which round this is.
    round = models.PositiveSmallIntegerField(default=1)
    score = models.PositiveSmallIntegerField(null=True, help_text="best round, percent")
    completed_at = models.DateTimeField(null=True)
    # Activity key -> {"done", "position", "furthest" (seconds), "response", "correct"}
    activities = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "lesson_key"], name="courses_progress_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.lesson_key}"
