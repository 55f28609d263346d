"""What a proposal could not keep, in sentences."""

from typing import Any

from django.utils.translation import gettext as _

from lantoa.classes.models import Proposal
from lantoa.classes.queries.proposals import name_of
from lantoa.people.models import Unit
from lantoa.programmes.models import Requirement
from lantoa.web import formats

UNITS_NAMED = 12


def sentences(proposal: Proposal) -> list[str]:
    told = proposal.outcome
    requirements = Requirement.objects.filter(programme=proposal.cohort.programme_id).in_bulk()
    units = Unit.objects.in_bulk(
        [one["place"] for one in told.get("findings", []) if one["lack"] == "away"]
    )
    said = [_missing(one, requirements) for one in told.get("missing", [])]
    away = [one for one in told.get("findings", []) if one["lack"] == "away"]
    for one in told.get("findings", []):
        if one["lack"] != "away":
            said.append(_lack(one, requirements, told["classes"]))
    said += [_away(one, units) for one in away[:UNITS_NAMED]]
    if len(away) > UNITS_NAMED:
        more = formats.number(len(away) - UNITS_NAMED)
        said.append(_("Và %(count)s đơn vị khác vượt tỷ lệ vắng.") % {"count": more})
    return list(dict.fromkeys(said))


def _missing(one: dict[str, Any], requirements: dict[int, Requirement]) -> str:
    words = {"title": requirements[one["requirement"]].title}
    return {
        "time": _("Một lớp %(title)s không xếp được: khoảng ngày ngắn hơn số buổi của lớp."),
        "room": _("Một lớp %(title)s không xếp được: không phòng nào đủ chỗ và còn trống."),
        "trainer": _("Một lớp %(title)s không xếp được: chưa có ai dạy nội dung này."),
        "together": _(
            "Một lớp %(title)s không xếp được cùng các lớp khác: thêm ngày, phòng, giảng viên "
            "hoặc cho nhiều lớp cùng lúc hơn."
        ),
    }[one["why"]] % words


def _lack(
    one: dict[str, Any], requirements: dict[int, Requirement], classes: list[dict[str, Any]]
) -> str:
    words: dict[str, Any] = {
        "found": formats.number(one["found"]),
        "asked": formats.number(one["asked"]),
    }
    if one["lack"] == "too_few":
        shown = next(c for c in classes if c["key"] == one["place"])
        words["name"] = name_of(requirements[shown["requirement"]], shown["number"])
        return _("%(name)s có %(found)s người, ít hơn %(asked)s.") % words
    words["title"] = requirements[one["place"]].title
    if one["lack"] == "seats":
        return _("%(title)s: các lớp có %(found)s chỗ cho %(asked)s người.") % words
    words["left"] = formats.number(one["asked"] - one["found"])
    return _("%(title)s: %(left)s người chưa có lớp.") % words


def _away(one: dict[str, Any], units: dict[int, Unit]) -> str:
    words = {
        "unit": units[one["place"]].name if one["place"] in units else "",
        "found": formats.number(one["found"]),
        "asked": formats.number(one["asked"]),
    }
    return _("%(unit)s: có lúc %(found)s người cùng đi học, quá mức %(asked)s.") % words
