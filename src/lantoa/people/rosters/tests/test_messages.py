"""The catalogue of what can be said: every code used, every sentence fillable."""

import re
from pathlib import Path

import pytest

import lantoa.people.rosters as rosters
from lantoa.people.rosters import FIELD_LABELS, MESSAGES, Field, Issue, Level

HERE = Path(rosters.__file__).parent
CATALOGUES = ("messages.py", "match_messages.py")
SAYING = [
    *(path for path in HERE.glob("*.py") if path.name not in CATALOGUES),
    *HERE.parent.glob("queries/roster_*.py"),
    *HERE.parent.glob("actions/roster_*.py"),
]
ALL_CODE = "\n".join(path.read_text(encoding="utf-8") for path in SAYING)


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_said_somewhere(code: str) -> None:
    assert f'"{code}"' in ALL_CODE


def test_every_code_that_is_said_exists() -> None:
    said = re.findall(r'(?:Issue|_issue|_name|_email|_doubt|_say)\(\s*"([a-z_]+)"', ALL_CODE)
    assert len(said) > 40
    assert set(said) <= set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_messages_are_sentences_that_fill_in(code: str) -> None:
    level, template = MESSAGES[code]
    assert isinstance(level, Level)
    assert template[-1] in ".?"
    names = re.findall(r"%\((\w+)\)s", template)
    assert template.count("%") == len(names)
    params: dict[str, str | int] = dict.fromkeys(names, "x")
    if "fields" in params:
        params["fields"] = "title,unit"
    assert "%" not in Issue(code, "", params).message_vi


def test_fields_in_a_message_are_named_in_the_readers_language() -> None:
    issue = Issue("duplicate_differs", "", {"row": 3, "sheet": "A", "fields": "title,unit"})
    assert "Chức vụ, chức danh, Đơn vị" in issue.message_vi
    english = {"Chức vụ, chức danh": "Title", "Đơn vị": "Unit"}
    assert "Title, Unit" in issue.text(lambda msgid: english.get(msgid, msgid))


def test_an_issue_survives_json() -> None:
    issue = Issue("phone_zero_restored", Field.PHONE, {"phone": "0912345678"})
    again = Issue.from_json(issue.as_json())
    assert again == issue
    assert again.message_vi == "Thêm lại số 0 ở đầu: 0912345678."


def test_every_field_has_a_label() -> None:
    assert set(FIELD_LABELS) == set(Field)
