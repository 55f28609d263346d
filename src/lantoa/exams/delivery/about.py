"""What a candidate is told of their exam beside its questions: who they are, rules, times."""

from typing import Any

from lantoa.exams import sql
from lantoa.exams.delivery.state import Batch, Row, ms


def about(batch: Batch, row: Row) -> dict[str, Any]:
    sitting = batch.sitting(row.sitting)
    exam, content = sitting.exam, batch.bundle(row).content
    *names, number, room, seat, extra = sql.sits(batch.connection, row.candidate)
    return {
        "title": sitting.name,
        "candidate": " ".join(filter(None, names)),
        "number": number,
        "room": room or "",
        "seat": seat,
        "entry": exam.entry,
        "minutes": content["minutes"] + extra,
        "extra_minutes": extra,
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
