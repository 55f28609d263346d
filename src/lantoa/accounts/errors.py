"""Why something about an account can't be done, as a sentence for the person at the form."""

from datetime import datetime

from django.utils.translation import gettext as _

from lantoa.accounts import rules
from lantoa.web import formats


class Refused(Exception):
    """`str(error)` is the sentence to show beside the form."""


class Locked(Refused):
    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            _(
                "Đã nhập sai %(count)d lần liên tiếp nên tạm khóa đến %(moment)s. Sau giờ đó "
                "anh/chị thử lại được; nếu quên mật khẩu, hãy chọn “Quên mật khẩu” hoặc xin mã "
                "kích hoạt mới từ đầu mối của đơn vị."
            )
            % {"count": rules.FAILURES_TO_LOCK, "moment": formats.moment(until)}
        )


class AddressSpent(Refused):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Có quá nhiều lần nhập sai từ mạng này. Hãy thử lại sau 15 phút, hoặc dùng mạng"
                " khác."
            )
        )
