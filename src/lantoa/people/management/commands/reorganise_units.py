from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.people.actions.load_units import catalogue_of
from lantoa.people.actions.reorganise import reorganise
from lantoa.people.queries.reorganising import Foreseen, foresee, reform_here
from lantoa.people.rules.catalogue import REFORM, REFORM_DOCUMENT, CatalogueUnreadable
from lantoa.web.formats import number

LINES = (
    ("founded", "đơn vị mới"),
    ("continued", "đơn vị tiếp tục (tên, mã, chỗ đứng mới)"),
    ("merged", "đơn vị nhập vào đơn vị khác"),
    ("split", "trong đó được chia cho nhiều đơn vị"),
    ("abolished", "đơn vị không còn (cấp huyện)"),
    ("agencies_moved", "cơ quan chuyển sang đơn vị tiếp nhận"),
    ("people_kept", "người ở nguyên đơn vị"),
    ("people_moved", "người theo đơn vị sang đơn vị tiếp nhận"),
    ("people_left_over", "người của đơn vị không còn, về cấp tỉnh"),
    ("split_people", "người của xã bị chia: về đơn vị thứ nhất, hãy xem lại"),
    ("roles", "vai trò đang giữ ở các đơn vị kết thúc"),
    ("missing", "xã trong bảng chuyển đổi không có ở đây"),
)


class Command(BaseCommand):
    help = "The reform of 01/07/2025 (63 to 34 provinces): what will move; --apply moves it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, help="address.json; the installed package's else")
        parser.add_argument("--apply", action="store_true", help="do it")
        parser.add_argument(
            "--withdraw-roles", action="store_true", help="roles of units that end don't follow"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reform = reform_here(catalogue_of(options["path"]))
        except CatalogueUnreadable as error:
            raise CommandError(f"Không đọc được danh mục đơn vị hành chính: {error}") from error
        told = foresee(reform)
        if not told.merged and not told.abolished:
            raise CommandError("Ở đây không có đơn vị nào của trước 01/07/2025 để sắp xếp.")
        self._tell(told)
        if not options["apply"]:
            self.stdout.write("Chưa thay đổi gì. Thêm --apply để thực hiện.")
            return
        reorganise(
            actor=None,
            reform=reform,
            on_date=REFORM,
            document=REFORM_DOCUMENT,
            roles_follow=not options["withdraw_roles"],
        )
        self.stdout.write("Đã sắp xếp xong.")

    def _tell(self, told: Foreseen) -> None:
        for field, words in LINES:
            self.stdout.write(f"{number(getattr(told, field)):>9} {words}")
        for row in told.provinces:
            self.stdout.write(
                f"{row.name}: từ {', '.join(row.made_of)}; {number(row.communes_before)} xã thành "
                f"{number(row.communes_after)}; {number(row.people_moved)} người sang xã khác"
            )
        if told.untouched:
            self.stdout.write(f"Không có trong bảng chuyển đổi: {', '.join(told.untouched)}")
