"""What can be said of a row once it is compared with the register: matching, applying, undoing.

Names and units of people stand in these sentences only when the reader keeps their register.
"""

from typing import Final

from lantoa.people.rosters.msgids import gettext_noop

MATCHING: Final[dict[str, tuple[str, str]]] = {
    # who it is
    "number_taken": (
        "wrong",
        gettext_noop(
            "Số định danh này đã thuộc về một người khác trong hệ thống. Hãy nhờ đầu mối cấp trên."
        ),
    ),
    "person_left": (
        "wrong",
        gettext_noop(
            "%(person)s đã thôi việc. Muốn nhận lại, hãy mở lại ở trang của người này rồi đọc lại "
            "tệp."
        ),
    ),
    "number_of_other": (
        "doubtful",
        gettext_noop("Số định danh này trong hệ thống là của %(person)s, tên khác với ở đây."),
    ),
    "number_differs": (
        "doubtful",
        gettext_noop("Cùng họ tên và ngày sinh với %(person)s nhưng số định danh khác."),
    ),
    "person_several": (
        "doubtful",
        gettext_noop("Có nhiều người cùng họ tên và ngày sinh: %(person)s."),
    ),
    "person_maybe": (
        "doubtful",
        gettext_noop("Có thể là %(person)s: cùng họ tên nhưng chưa đủ thông tin để chắc chắn."),
    ),
    "person_birth_differs": (
        "doubtful",
        gettext_noop("Cùng họ tên và cách liên lạc với %(person)s nhưng ngày sinh khác."),
    ),
    "person_similar": (
        "doubtful",
        gettext_noop("Có thể là %(person)s: họ tên chỉ khác dấu."),
    ),
    "person_twice": (
        "doubtful",
        gettext_noop("Cùng là một người trong hệ thống với hàng %(row)s (trang “%(sheet)s”)."),
    ),
    "name_kept": (
        "info",
        gettext_noop("Họ tên ghi không dấu; giữ “%(name)s” như trong hệ thống."),
    ),
    "birth_kept": (
        "doubtful",
        gettext_noop("Năm sinh ghi %(year)s, trong hệ thống là ngày %(day)s; giữ ngày này."),
    ),
    # what would change
    "transfer": (
        "doubtful",
        gettext_noop("Đang ở %(before)s; nhận hàng này là chuyển về %(after)s."),
    ),
    "phone_of_other": (
        "doubtful",
        gettext_noop("Số điện thoại này hiện là của %(person)s."),
    ),
    "email_of_other": (
        "doubtful",
        gettext_noop("Thư điện tử này hiện là của %(person)s."),
    ),
    "phone_taken": (
        "doubtful",
        gettext_noop("Số điện thoại mới đang là tên đăng nhập của một người khác; giữ số cũ."),
    ),
    "email_taken": (
        "doubtful",
        gettext_noop("Thư điện tử mới đang là tên đăng nhập của một người khác; giữ địa chỉ cũ."),
    ),
    "personal_number_taken": (
        "doubtful",
        gettext_noop("Số định danh mới đang là tên đăng nhập của một người khác; chưa nhập số."),
    ),
    "sign_in_beyond": (
        "doubtful",
        gettext_noop(
            "Người này giữ vai trò ngoài phạm vi của anh/chị nên không đổi %(fields)s; "
            "hãy nhờ đầu mối cấp trên."
        ),
    ),
    # where
    "unit_from_sheet": (
        "doubtful",
        gettext_noop("Hàng không ghi đơn vị; theo tiêu đề của trang là %(name)s."),
    ),
    "unit_from_section": (
        "doubtful",
        gettext_noop("Hàng không ghi đơn vị; theo mục “%(section)s” là %(name)s."),
    ),
    "unit_not_stated": (
        "doubtful",
        gettext_noop("Hàng không ghi đơn vị; hãy chọn đơn vị cho cả trang hoặc cho hàng này."),
    ),
    # applying and undoing
    "left_changed": (
        "doubtful",
        gettext_noop("Để lại: dữ liệu trong hệ thống đã thay đổi sau khi đọc tệp."),
    ),
    "left_claimed": (
        "doubtful",
        gettext_noop("Để lại: một hàng trước trong tệp đã dùng số định danh hoặc là người này."),
    ),
    "left_later_post": (
        "doubtful",
        gettext_noop("Để lại: vị trí hiện nay của người này bắt đầu sau hôm nay."),
    ),
    "undo_kept": (
        "doubtful",
        gettext_noop("Hoàn tác giữ nguyên %(fields)s vì đã có thay đổi khác sau khi nhập."),
    ),
    "undo_closed": (
        "doubtful",
        gettext_noop(
            "Hoàn tác ghi thôi việc chứ không xóa, vì người này đã có dữ liệu khác trong hệ thống."
        ),
    ),
    "undo_not_closed": (
        "doubtful",
        gettext_noop("Hoàn tác để nguyên người này vì không đóng được: “%(reason)s”."),
    ),
}
"""code -> (level, msgid)."""
