"""What a candidate is told of their exam beside its questions: who they are, rules, times."""

from typing import Any

from lantoa.exams.delivery.state import Batch, Row, ms
from lantoa.exams.models import Candidate


def about(batch: Batch, row: Row) -> dict[str, Any]:
    sitting = batch.sitting(row)
    exam, content = sitting.exam, batch.bundle(row).content
    candidate = Candidate.objects.select_related("person", "room").get(pk=row.candidate)
    return {
        "title": sitting.name,
        "candidate": candidate.person.full_name,
        "number": candidate.number,
        "room": candidate.room.name if candidate.room else "",
        "seat": candidate.seat,
        "entry": exam.entry,
        "minutes": content["minutes"] + candidate.extra_minutes,
        "extra_minutes": candidate.extra_minutes,
        "pass_mark": content["rules"]["pass_mark"],
        "layout": "all" if exam.all_on_one_page else "one",
        "instructions": exam.instructions,
        "last_start": ms(sitting.last_start_at),
        "closes": ms(sitting.closes_at),
        "late": exam.late_policy,
        "grace_seconds": exam.grace_seconds,
        "moves": exam.moves,
        "release": exam.release,
    }
