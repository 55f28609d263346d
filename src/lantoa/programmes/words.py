"""What a row's history says of each event."""

from typing import Any

from django.utils.translation import gettext_lazy as _

EVENT_WORDS: dict[str, Any] = {
    "programmes.open_cohort": _("Mở đợt"),
    "programmes.change_cohort": _("Sửa đợt"),
    "programmes.enrol": _("Ghi danh %(enrolled)s người"),
    "programmes.undo_batch": _("Hoàn tác ghi danh: rút %(withdrawn)s người"),
    "programmes.create_programme": _("Lập chương trình"),
    "programmes.change_programme": _("Sửa chương trình"),
}
