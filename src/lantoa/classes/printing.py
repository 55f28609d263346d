"""The sheet that people sign at a meeting, set by Typst in the frame of NĐ 30/2020."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from lantoa.classes.models import Meeting, Member
from lantoa.installation.queries import this_installation
from lantoa.web import formats

LAYOUT = (Path(__file__).parent / "sign_in.typ").read_bytes()


def sign_in_pdf(meeting: Meeting, members: Sequence[Member]) -> bytes:
    found = meeting.training_class
    place = meeting.venue or found.venue
    told = {
        "agency": this_installation().agency_name or found.cohort.unit.name,
        "unit": found.cohort.unit.name,
        "title": found.name,
        "programme": found.cohort.programme.title,
        "when": f"{formats.minute(meeting.starts_at)} – {formats.minute(meeting.ends_at)}",
        "place": ", ".join(p for p in (place.name, place.address) if p) if place else "",
        "topic": meeting.topic,
        "rows": [
            {
                "name": member.enrolment.person.full_name,
                "born": member.enrolment.person.born,
                "title": member.enrolment.person.title,
                "unit": member.enrolment.unit.name,
            }
            for member in members
        ],
        "words": {
            "heading": _("DANH SÁCH KÝ TÊN"),
            "heads": [
                _("STT"),
                _("Họ và tên"),
                _("Ngày sinh"),
                _("Chức vụ"),
                _("Đơn vị"),
                _("Ký tên"),
            ],
            "present": _("Số có mặt:"),
            "signer": _("NGƯỜI LẬP"),
            "sign": _("(ký, ghi rõ họ tên)"),
        },
    }
    made: bytes = typst.compile(LAYOUT, sys_inputs={"told": json.dumps(told)}, format="pdf")
    return made
