from collections.abc import Iterable
from typing import Any

from lantoa.exams.models import Form
from lantoa.items.models import ItemVersion


def contents_of(forms: Iterable[Form]) -> dict[int, dict[str, Any]]:
    """What the item versions of these forms say, by version id, in one query."""
    ids = {slot["version"] for form in forms for slot in form.content["slots"]}
    return dict(ItemVersion.objects.filter(pk__in=ids).values_list("pk", "content"))
