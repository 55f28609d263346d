"""What the authoring pages have in common: one way to show and take a form."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.courses.models import Course, Lesson
from lantoa.courses.rules import NotPossible
from lantoa.files.rules import FileRefused
from lantoa.items.rules import InvalidContent


@dataclass
class FormPage:
    """A page with one form: `save` runs when the form is valid, then the browser goes `back`."""

    title: str
    form: forms.Form | forms.ModelForm  # type: ignore[type-arg]
    save: Callable[[], object]
    back: str
    trail: list[tuple[str, str]] = field(default_factory=list)
    lede: str = ""
    saved: str = ""
    button: str = ""
    is_upload: bool = False

    def answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and self.form.is_valid() and self._saved():
            messages.success(request, self.saved or _("Đã lưu."))
            return redirect(self.back)
        status = 422 if self.form.errors else 200
        context = {
            "page": self,
            "form": self.form,
            "edit_template": getattr(self.form, "edit_template", ""),
        }
        return render(request, "courses/form.html", context, status=status)

    def _saved(self) -> bool:
        """Try to save; what is refused stands beside its field, and what was typed stays."""
        try:
            self.save()
        except FileRefused as refused:
            self.form.add_error("file", refused.message)
        except InvalidContent as invalid:
            for problem in invalid.problems:
                self.form.add_error(None, problem)
        except NotPossible as reason:
            self.form.add_error(None, reason.message)
        return not self.form.errors


def edit_url(course_id: int, anchor: str = "") -> str:
    return reverse("courses:edit", args=[course_id]) + (f"#{anchor}" if anchor else "")


def lesson_draft_url(course_id: int, lesson_id: int, anchor: str = "") -> str:
    where = reverse("courses:lesson_draft", args=[course_id, lesson_id])
    return where + (f"#{anchor}" if anchor else "")


def trail_to(course: Course, lesson: Lesson | None = None) -> list[tuple[str, str]]:
    found = [(_("Khóa học"), reverse("courses:courses")), (course.title, edit_url(course.pk))]
    if lesson is not None:
        found.append((lesson.title, lesson_draft_url(course.pk, lesson.pk)))
    return found
