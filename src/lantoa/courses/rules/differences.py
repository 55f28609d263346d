"""What changed from one version to the next, in sentences, by the keys that pieces keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Contents:
    """A version's pieces by key, in order: what each is called, and what it says (any comparable
    value)."""

    modules: Mapping[UUID, tuple[str, object]]
    lessons: Mapping[UUID, tuple[str, object]]


def differences(before: Contents, after: Contents) -> list[str]:
    found: list[str] = []
    found += _named(_("Thêm chuyên đề"), _only_in(after.modules, before.modules))
    found += _named(_("Bỏ chuyên đề"), _only_in(before.modules, after.modules))
    found += _named(_("Sửa chuyên đề"), _changed(before.modules, after.modules))
    found += _named(_("Thêm bài"), _only_in(after.lessons, before.lessons))
    found += _named(_("Bỏ bài"), _only_in(before.lessons, after.lessons))
    found += _named(_("Sửa bài"), _changed(before.lessons, after.lessons))
    if _reordered(before.modules, after.modules) or _reordered(before.lessons, after.lessons):
        found.append(_("Đổi thứ tự chuyên đề hoặc bài."))
    return found


def _only_in(
    one: Mapping[UUID, tuple[str, object]], other: Mapping[UUID, tuple[str, object]]
) -> list[str]:
    return [title for key, (title, _said) in one.items() if key not in other]


def _changed(
    before: Mapping[UUID, tuple[str, object]], after: Mapping[UUID, tuple[str, object]]
) -> list[str]:
    return [said[0] for key, said in after.items() if key in before and before[key] != said]


def _reordered(before: Mapping[UUID, object], after: Mapping[UUID, object]) -> bool:
    stayed = [key for key in before if key in after]
    return stayed != [key for key in after if key in before]


def _named(what: str, titles: Sequence[str]) -> list[str]:
    return [f"{what}: " + "; ".join(f"“{title}”" for title in titles) + "."] if titles else []
