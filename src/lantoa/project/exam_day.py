"""What the checklist of an exam day asks of the machine: (level, sentence) each, cheap enough for a
page (`lantoa doctor` looks deeper)."""

import ctypes

from django.utils.translation import gettext as _

from lantoa.kernel import clock
from lantoa.project.backups import newest
from lantoa.project.doctor import OK, OLDEST_BACKUP, WARNING, WRONG
from lantoa.project.health import LOW_DISK_BYTES, free_disk_bytes
from lantoa.web import formats

Said = tuple[str, str]

_TIMEX_BYTES = 512  # more than the kernel's struct has
_NOT_SYNCHRONISED = 5


def machine_clock() -> Said:
    """Deadlines are the server's, so its clock should be kept by a time service."""
    if abs(clock.steady.jumped) > 0:
        jumped = formats.number(round(abs(clock.steady.jumped)))
        says = _("Đồng hồ máy chủ vừa nhảy %(seconds)s giây; hãy chạy lại dịch vụ trước giờ thi.")
        return WRONG, says % {"seconds": jumped}
    state = _time_service()
    if state is None:
        return WARNING, _("Không hỏi được đồng hồ máy chủ có được đồng bộ hay không.")
    if not state:
        return WARNING, _("Đồng hồ máy chủ chưa được đồng bộ (chrony hoặc systemd-timesyncd).")
    return OK, _("Đồng hồ máy chủ được đồng bộ.")


def _time_service() -> bool | None:
    """Whether the kernel says that its clock is kept; None: it can't be asked."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _NOT_SYNCHRONISED


def disk() -> Said:
    free = free_disk_bytes()
    words = {"size": formats.size(free)}
    if free < LOW_DISK_BYTES:
        return WRONG, _("Ổ đĩa chỉ còn %(size)s; hãy dọn trước giờ thi.") % words
    return OK, _("Ổ đĩa còn %(size)s.") % words


def backup() -> Said:
    path = newest()
    if path is None:
        return WARNING, _("Chưa có bản sao lưu nào. Chạy: bin/lantoa backup")
    age = clock.now().timestamp() - path.stat().st_mtime
    if age > OLDEST_BACKUP.total_seconds():
        days = formats.number(int(age // 86400))
        says = _("Bản sao lưu mới nhất đã %(days)s ngày. Chạy: bin/lantoa backup")
        return WARNING, says % {"days": days}
    return OK, _("Đã sao lưu trong hai ngày qua.")
