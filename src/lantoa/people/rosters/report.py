"""Compares what a sheet claims with what was read from it."""

from lantoa.people.rosters.lines import claimed_total
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.parsed import ParsedSheet, SheetReport, Skipped


def settle_report(sheet: ParsedSheet) -> None:
    """Set the sheet's report; a total that agrees with neither rows nor people is told.

    Several totals (one below each section) add up, unless the last is already the sum.
    """
    totals = [
        total
        for skipped in sheet.skipped
        if skipped.kind is Skipped.TOTAL
        and (total := claimed_total(skipped.text.split(" | "))) is not None
    ]
    read = len(sheet.rows)
    duplicates = sum(row.duplicate_of is not None for row in sheet.rows)
    claimed = totals[-1] if totals else None
    if len(totals) > 1 and claimed != read:
        claimed = sum(totals)
    sheet.report = SheetReport(claimed, read, duplicates)
    if not sheet.report.agrees and claimed is not None:
        sheet.issues.append(Issue("total_differs", "", {"claimed": claimed, "read": read}))
