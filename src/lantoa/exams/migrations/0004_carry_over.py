"""What was taken before moves into the new tables, primary keys kept. Each attempt's paper stands in
a bundle as it was dealt; the log's rows keep what they say and are chained anew, in the compact
form, from their bundle. Receipts given before therefore no longer match a row's hash: the old ones
are gone with the old tables. Not reversible: the old chain can't be made again from the new."""

import hashlib
import json
from collections import defaultdict
from struct import Struct

from django.db import migrations

AT_ONCE = 500
NUMBERS = Struct(">IHQI")
NOT_TIMED = 0xFFFFFFFF


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def bundle_of(apps, attempts, contents):
    """One bundle for these attempts, `papers` holding each one's own by the id of its old form."""
    first = attempts[0].form.content
    topics = {topic["id"]: topic for one in attempts for topic in one.form.content["topics"]}
    places = {pk: place for place, pk in enumerate(topics)}
    items, orders, papers = {}, defaultdict(dict), {}
    for one in attempts:
        paper = []
        for slot in one.form.content["slots"]:
            version, order = slot["version"], tuple(slot["order"])
            item = items.setdefault(version, (len(items), slot))
            known = orders[version]
            paper.append([item[0], known.setdefault(order, len(known))])
        papers[str(one.form_id)] = paper
    content = {
        "v": 1,
        "title": attempts[0].sitting.blueprint.title,
        "minutes": first["minutes"],
        "feedback": "mistakes" if first["show_review"] else "topics",
        "shuffle_items": True,
        "rules": {
            "pass_mark": first["pass_mark"],
            "part_minimum": None,
            "topic_minimum": None,
            "parts_average": None,
        },
        "topics": list(topics.values()),
        "items": [
            {
                "version": version,
                "kind": slot["kind"],
                "topic": places[slot["topic"]],
                "points": 100,
                "content": contents[version],
                "orders": [list(order) for order in orders[version]],
            }
            for version, (_place, slot) in items.items()
        ],
        "cells": [{"take": len(first["slots"]), "of": []}],
        "enemies": [],
        "papers": papers,
    }
    text = compact(content).encode()
    Bundle = apps.get_model("items", "Bundle")
    digest = hashlib.sha256(text).hexdigest()
    return Bundle.objects.get_or_create(digest=digest, defaults={"content": text})[0]


def sittings(apps):
    exams = apps.get_model("exams", "Exam").objects
    new = apps.get_model("exams", "Sitting").objects
    old = apps.get_model("exams", "OldSitting").objects.select_related("cohort", "blueprint")
    for one in old.order_by("pk"):
        exam = exams.create(
            unit_id=one.cohort.unit_id,
            title=one.blueprint.title,
            blueprint_id=one.blueprint_id,
            cohort_id=one.cohort_id,
            requirement_id=one.requirement_id,
            legal_basis=one.blueprint.legal_basis,
        )
        new.create(
            pk=one.pk,
            exam=exam,
            opens_at=one.opens_at,
            closes_at=one.closes_at,
            created_at=one.created_at,
        )


def candidates(apps):
    Candidate = apps.get_model("exams", "Candidate")
    Enrolment = apps.get_model("programmes", "Enrolment")
    pairs = (
        apps.get_model("exams", "OldAttempt").objects.order_by().values_list("sitting", "enrolment")
    )
    found = {}
    for sitting, enrolment in pairs.distinct().order_by("sitting", "enrolment"):
        found[sitting, enrolment] = None
    people = Enrolment.objects.in_bulk({enrolment for _, enrolment in found})
    made = {}
    for sitting, enrolment in found:
        who = people[enrolment]
        made.setdefault(
            (sitting, who.person_id),
            Candidate(
                sitting_id=sitting,
                person_id=who.person_id,
                unit_id=who.unit_id,
                enrolment_id=enrolment,
                added_at=who.enrolled_at,
            ),
        )
    Candidate.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    by_person = {(c.sitting_id, c.person_id): c.pk for c in Candidate.objects.all()}
    return {
        (sitting, enrolment): by_person[sitting, people[enrolment].person_id]
        for sitting, enrolment in found
    }


def chained(attempt, digest, rows):
    seed = attempt.form_id
    head = hashlib.sha256(
        bytes.fromhex(digest) + attempt.public_id.bytes + seed.to_bytes(8, "big")
    ).digest()
    for row in rows:
        text = compact(row.response)
        at = round(row.received_at.timestamp() * 1000)
        numbers = NUMBERS.pack(row.sequence, row.slot, at, NOT_TIMED)
        head = hashlib.sha256(head + numbers + text.encode()).digest()
        yield row, text, at, head


def attempts(apps, candidates_of):
    Old = apps.get_model("exams", "OldAttempt").objects
    Attempt, Answer = apps.get_model("exams", "Attempt"), apps.get_model("exams", "Answer")
    OldAnswer = apps.get_model("exams", "OldAnswer").objects
    ItemVersion = apps.get_model("items", "ItemVersion").objects
    numbers = defaultdict(int)
    heads = {}
    for sitting in list(Old.order_by("sitting").values_list("sitting", flat=True).distinct()):
        ids = list(Old.filter(sitting=sitting).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            some = list(
                Old.filter(pk__in=ids[start : start + AT_ONCE])
                .select_related("form", "sitting__blueprint")
                .order_by("pk")
            )
            groups = defaultdict(list)
            for one in some:
                rules = one.form.content
                groups[rules["minutes"], rules["pass_mark"], rules["show_review"]].append(one)
            versions = {slot["version"] for one in some for slot in one.form.content["slots"]}
            contents = dict(ItemVersion.filter(pk__in=versions).values_list("pk", "content"))
            bundles = {}
            for group in groups.values():
                bundle = bundle_of(apps, group, contents)
                bundles.update((one.pk, bundle) for one in group)
            logs = defaultdict(list)
            for row in OldAnswer.filter(attempt__in=[one.pk for one in some]).order_by("pk"):
                logs[row.attempt_id].append(row)
            made, answers = [], []
            for one in some:
                candidate = candidates_of[one.sitting_id, one.enrolment_id]
                numbers[candidate] += 1
                bits, latest, head = 0, {}, b""
                for row, text, at, head in chained(one, bundles[one.pk].digest, logs[one.pk]):
                    answers.append(
                        Answer(
                            pk=row.pk,
                            attempt_id=one.pk,
                            sequence=row.sequence,
                            slot=row.slot,
                            response=text,
                            received_ms=at,
                            hash=head,
                        )
                    )
                    if row.sequence > latest.get(row.slot, (0,))[0]:
                        latest[row.slot] = (row.sequence, text)
                for slot, (_sequence, text) in latest.items():
                    bits |= (text not in ("null", "[]")) << slot
                if not logs[one.pk]:
                    raw = bytes.fromhex(bundles[one.pk].digest) + one.public_id.bytes
                    head = hashlib.sha256(raw + one.form_id.to_bytes(8, "big")).digest()
                heads[one.pk] = (head, len(logs[one.pk]))
                made.append(
                    Attempt(
                        pk=one.pk,
                        public_id=one.public_id,
                        sitting_id=one.sitting_id,
                        candidate_id=candidate,
                        bundle=bundles[one.pk],
                        seed=one.form_id,
                        number=numbers[candidate],
                        started_at=one.started_at,
                        deadline_at=one.deadline_at,
                        submitted_at=one.submitted_at,
                        seen_at=one.submitted_at or one.started_at,
                        head=head,
                        saves=len(logs[one.pk]),
                        last_sequence=max((row.sequence for row in logs[one.pk]), default=0),
                        answered=bits.to_bytes((bits.bit_length() + 7) // 8, "big"),
                    )
                )
            Attempt.objects.bulk_create(made)
            Answer.objects.bulk_create(answers, batch_size=5000)
    return heads


def results(apps, heads):
    Submission, Result = apps.get_model("exams", "Submission"), apps.get_model("exams", "Result")
    some = []
    for one in apps.get_model("exams", "OldSubmission").objects.order_by("pk").iterator():
        head, saves = heads[one.attempt_id]
        some.append(
            Submission(
                pk=one.pk,
                attempt_id=one.attempt_id,
                at=one.at,
                cause=one.cause,
                head=head,
                saves=saves,
            )
        )
    Submission.objects.bulk_create(some, batch_size=5000)
    some = []
    for one in apps.get_model("exams", "OldResult").objects.order_by("pk").iterator():
        slots = [100 * got // of if of else 0 for got, of in one.detail.get("slots", [])]
        some.append(
            Result(
                pk=one.pk,
                attempt_id=one.attempt_id,
                points=one.points * 100,
                points_possible=one.points_possible * 100,
                score=one.score,
                passed=one.passed,
                detail={"slots": slots, "failed": [] if one.passed else ["pass_mark"]},
                at=one.at,
                reported_at=one.at,
            )
        )
    Result.objects.bulk_create(some, batch_size=5000)


def carry_over(apps, schema_editor):
    sittings(apps)
    if apps.get_model("exams", "OldAttempt").objects.exists():
        results(apps, attempts(apps, candidates(apps)))
    if schema_editor.connection.vendor == "postgresql":
        # Rows came with their own ids: the counters go on from there.
        for name in ("Sitting", "Attempt", "Answer", "Submission", "Result"):
            table = apps.get_model("exams", name)._meta.db_table
            schema_editor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
            )


class Migration(migrations.Migration):
    dependencies = [("exams", "0003_exams_candidates_bundles")]

    operations = [migrations.RunPython(carry_over, elidable=True)]
