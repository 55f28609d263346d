"""Items in and out: one module or folder per format, each a `rows.Format`. To add one (QTI will be
the next), write the module and list it here; pages and commands offer what is listed."""

from lantoa.items.exchange import aiken, gift, moodle_xml, spreadsheet
from lantoa.items.exchange.rows import Format

FORMATS: dict[str, Format] = {form.name: form for form in (spreadsheet, moodle_xml, gift, aiken)}


def formats() -> list[Format]:
    return list(FORMATS.values())
