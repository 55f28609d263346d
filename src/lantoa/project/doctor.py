"""What `lantoa doctor` looks at: each check answers in words and says how to mend what is wrong."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from lantoa.audit.models import Delivery
from lantoa.installation.queries import this_installation
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people.models import RoleGrant, Unit
from lantoa.project.backups import BackupUnusable, check_backup, newest
from lantoa.project.health import LOW_DISK_BYTES, free_disk_bytes, pending_migrations

OK, WARNING, WRONG = "ok", "warning", "wrong"
OLDEST_BACKUP = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    check: str
    level: str
    says: str
    mend: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", OK, f"Python {version}")


def data_directory() -> Finding:
    data = Path(settings.DATA)
    if not os.access(data, os.W_OK):
        return Finding("data", WRONG, f"Không ghi được vào {data}", f"chown/chmod thư mục {data}")
    if data.stat().st_mode & stat.S_IRWXO:
        mend = f"chmod -R o-rwx {data}"
        return Finding("data", WARNING, "Người khác trên máy đọc được thư mục dữ liệu", mend)
    return Finding("data", OK, f"Dữ liệu ở {data}")


def secret_key() -> Finding:
    path = Path(settings.DATA) / "secret-key"
    if not path.exists():
        return Finding("secret-key", OK, "Khóa bí mật lấy từ LANTOA_SECRET_KEY")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("secret-key", WRONG, "Người khác đọc được khóa bí mật", f"chmod 600 {path}")
    return Finding("secret-key", OK, "Khóa bí mật chỉ chủ tiến trình đọc được")


def disk() -> Finding:
    free = free_disk_bytes()
    says = f"Còn trống {free // 1024**2} MB"
    if free < LOW_DISK_BYTES:
        return Finding("disk", WRONG, says, "Dọn ổ đĩa: bản sao lưu cũ, thư mục outbox")
    return Finding("disk", OK, says)


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                return Finding("database", OK, f"PostgreSQL {connection.pg_version // 10000}")  # type: ignore[attr-defined]
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
    except DatabaseError as error:
        mend = "Xem DATABASE_URL; máy chủ cơ sở dữ liệu có chạy không?"
        return Finding("database", WRONG, f"Không mở được: {type(error).__name__}", mend)
    if answer != "ok":
        return Finding("database", WRONG, f"SQLite: {answer}", "bin/lantoa restore BẢN_SAO_LƯU")
    return Finding("database", OK, "SQLite nguyên vẹn")


def migrations() -> Finding:
    waiting = pending_migrations()
    if waiting:
        return Finding("migrations", WRONG, f"Còn {waiting} bước chưa chạy", "bin/lantoa upgrade")
    return Finding("migrations", OK, "Cơ sở dữ liệu đúng phiên bản")


def units() -> Finding:
    standing = Unit.objects.filter(ended_on__isnull=True)
    provinces = standing.filter(kind=Unit.Kind.PROVINCE).count()
    communes = standing.filter(kind=Unit.Kind.COMMUNE).count()
    says = f"{provinces} tỉnh, thành phố; {communes} xã, phường, đặc khu"
    if not provinces or not communes:
        return Finding("units", WRONG, says, "bin/lantoa load-units")
    return Finding("units", OK, says)


def static_files() -> Finding:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding("static", WRONG, "Chưa dựng giao diện", "Chạy lại bin/lantoa (cần mạng)")
    return Finding("static", OK, "Giao diện đã dựng")


def administrator() -> Finding:
    held = RoleGrant.objects.filter(
        role=RoleGrant.Role.ADMINISTRATOR,
        withdrawn_at__isnull=True,
        unit__parent=None,
        unit__ended_on=None,
    )
    if not held.exists():
        mend = "bin/lantoa serve rồi mở đường liên kết thiết lập, hoặc --admin-email"
        return Finding("administrator", WARNING, "Chưa có quản trị hệ thống", mend)
    return Finding("administrator", OK, f"{held.count()} quyền quản trị hệ thống")


def backup() -> Finding:
    path = newest()
    if path is None:
        return Finding(
            "backup", WARNING, "Chưa có bản sao lưu nào", "bin/lantoa backup (đặt lịch hằng ngày)"
        )
    try:
        check_backup(path)
    except BackupUnusable as error:
        return Finding("backup", WRONG, f"Bản sao lưu hỏng: {error}", "bin/lantoa backup")
    age = clock.now().timestamp() - path.stat().st_mtime
    if age > OLDEST_BACKUP.total_seconds():
        days = int(age // 86400)
        return Finding("backup", WARNING, f"Bản mới nhất đã {days} ngày", "bin/lantoa backup")
    return Finding("backup", OK, f"{path.name} đọc lại được, đủ và đúng")


def mail() -> Finding:
    if this_installation().mail_transport == "file":
        mend = "Trang Hệ thống: nhập máy chủ thư và bấm gửi thử"
        return Finding("mail", WARNING, "Thư chỉ được ghi vào thư mục outbox", mend)
    return Finding("mail", OK, "Gửi thư qua máy chủ SMTP")


def address() -> Finding:
    if not settings.BASE_URL:
        mend = "Đặt LANTOA_BASE_URL, ví dụ https://daotao.tinh.gov.vn"
        return Finding("address", WARNING, "Chưa đặt địa chỉ công khai (in trên mã QR)", mend)
    if not settings.BASE_URL.startswith("https://"):
        mend = "Dùng --cert và --key, hoặc đặt sau máy chủ proxy (docs/operations.md)"
        return Finding("address", WARNING, "Địa chỉ công khai không phải HTTPS", mend)
    return Finding("address", OK, settings.BASE_URL)


def failed_work() -> Finding:
    jobs = Job.objects.filter(state=Job.State.FAILED).count()
    lost = Delivery.objects.filter(state=Delivery.State.FAILED).count()
    if jobs or lost:
        says = f"{jobs} việc và {lost} lượt chuyển không thành công"
        return Finding("work", WARNING, says, "Xem nhật ký; mở trang việc và bấm Thử lại")
    return Finding("work", OK, "Không có việc nào hỏng")


def postgres_tools() -> Finding:
    if connection.vendor == "sqlite" or shutil.which("pg_dump"):
        return Finding("tools", OK, "Đủ công cụ sao lưu")
    return Finding("tools", WRONG, "Không thấy pg_dump", "Cài gói postgresql-client")


ALWAYS: tuple[Callable[[], Finding], ...] = (python, data_directory, secret_key, disk, static_files)
WITH_DATABASE: tuple[Callable[[], Finding], ...] = (
    units,
    administrator,
    mail,
    failed_work,
)
AFTER: tuple[Callable[[], Finding], ...] = (backup, address, postgres_tools)


def examine() -> Iterator[Finding]:
    """Every check that can be made; those that need a sound database are left out without one."""
    for check in ALWAYS:
        yield check()
    found = database()
    yield found
    if found.level == OK:
        found = migrations()
        yield found
    if found.level == OK:
        for check in WITH_DATABASE:
            yield check()
    for check in AFTER:
        yield check()
