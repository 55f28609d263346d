"""What the candidate's pages say by script. A list is the same for one and for more."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Words = dict[str, str | list[str]]


def _both(of: Callable[[int], str]) -> list[str]:
    return [of(1), of(2)]


def enter_words() -> Words:
    return {
        "moment": _("%(time)s ngày %(day)s"),
        "andMore": _("%(shown)s và %(n)s câu nữa"),
        "numberMissing": _("Hãy nhập số báo danh."),
        "codeMissing": _("Hãy nhập mã vào thi."),
        "entering": _("Đang vào …"),
        "enterCrowd": _("Nhiều người đang vào cùng lúc. Trang tự thử lại, không cần bấm thêm."),
        "enterOffline": _("Chưa nối được với máy chủ. Trang tự thử lại khi có mạng."),
        "onThisDevice": _("%(title)s, số báo danh %(number)s"),
        "tryAgain": _("Hãy thử lại."),
    }


def sit_words() -> Words:
    return _waiting() | _rules() | _working() | _submitting() | _ending() | _receipt() | _stopped()


def _waiting() -> Words:
    return {
        "moment": _("%(time)s ngày %(day)s"),
        "andMore": _("%(shown)s và %(n)s câu nữa"),
        "loadCrowd": _("Nhiều người đang vào cùng lúc. Trang tự thử lại …"),
        "loadOffline": _("Chưa nối được với máy chủ. Trang tự thử lại khi có mạng …"),
        "candidate": _("Thí sinh"),
        "candidateNumber": _("Số báo danh"),
        "room": _("Phòng thi"),
        "seat": _("Chỗ ngồi"),
        "opensAt": _("Mở lúc %(at)s, theo giờ máy chủ."),
        "isOpen": _("Đã đến giờ. Bấm “Bắt đầu làm bài”."),
        "readyWaiting": _("Máy này đã sẵn sàng. Cứ để trang mở, không cần tải lại."),
        "readyOpen": _("Sẵn sàng. Giờ làm bài tính từ lúc bấm bắt đầu."),
        "pausedBefore": _("Ca thi đang tạm dừng. Trang tự mở lại khi ca thi tiếp tục."),
        "starting": _("Đang mở đề …"),
        "startCrowd": _("Nhiều người đang bắt đầu cùng lúc. Trang tự thử lại, không cần bấm thêm."),
        "startOffline": _("Chưa nối được với máy chủ. Trang tự thử lại; giờ làm bài chưa tính."),
    }


def _rules() -> Words:
    return {
        "ruleTime": _both(
            lambda n: ngettext(
                "%(n)s câu hỏi, làm trong %(minutes)s phút.",
                "%(n)s câu hỏi, làm trong %(minutes)s phút.",
                n,
            )
        ),
        "ruleExtra": _("Anh/chị được thêm %(n)s phút, đã tính trong số đó."),
        "ruleCloses": _(
            "Ca thi đóng lúc %(at)s; bắt đầu sát giờ đóng thì chỉ làm được đến lúc đó."
        ),
        "ruleLastStart": _("Muộn nhất %(at)s phải bắt đầu."),
        "rulePass": _("Đạt khi được từ %(mark)s số điểm."),
        "ruleSaved": _(
            "Mỗi câu trả lời được lưu ngay. Mất mạng thì cứ làm tiếp: câu trả lời được giữ "
            "trên máy "
            "và tự gửi khi có mạng."
        ),
        "ruleMoveFree": _("Máy hỏng thì vào lại trên máy khác và làm tiếp từ chỗ đã lưu."),
        "ruleMoveAsk": _("Máy hỏng thì gọi giám thị; giám thị cho phép rồi mới đổi máy được."),
        "ruleLateGrace": _(
            "Câu trả lời đến máy chủ sau giờ được giữ riêng và vẫn tính nếu trễ không quá "
            "%(n)s giây."
        ),
        "ruleLateCouncil": _("Câu trả lời đến máy chủ sau giờ được giữ riêng để hội đồng xem xét."),
        "ruleEnd": _("Hết giờ, máy chủ tự nộp những câu đã lưu."),
        "ruleResultNow": _("Kết quả hiện ngay sau khi nộp bài, trừ phần phải chấm."),
        "ruleResultCouncil": _("Kết quả được xem khi hội đồng công bố."),
    }


def _working() -> Words:
    return {
        "question": _("câu %(n)s"),
        "done": _("đã trả lời"),
        "open": _("chưa trả lời"),
        "flagged": _("xem lại"),
        "saved": _("Đã lưu %(n)s/%(all)s"),
        "saving": _("Đang lưu …"),
        "waiting": _both(lambda n: ngettext("Chờ mạng: %(n)s câu", "Chờ mạng: %(n)s câu", n)),
        "offline": _(
            "Mất mạng. Anh/chị cứ làm tiếp: câu trả lời được giữ trên máy này và tự gửi "
            "khi có mạng. "
            "Đừng đóng hay tải lại trang."
        ),
        "lost": _("Chưa liên lạc được với máy chủ. Các câu đã trả lời đều đã lưu; cứ làm tiếp."),
        "noToken": _(
            "Máy chủ không còn nhận ra máy này. Câu trả lời vẫn được giữ trên máy và gửi đi khi "
            "anh/chị vào lại bằng chính máy này."
        ),
        "refused": _("Máy chủ không nhận câu trả lời của câu %(names)s. Hãy trả lời lại câu đó."),
        "aside": _(
            "Câu %(names)s đã được trả lời trên máy khác sau đó; bài giữ câu trả lời ấy. Muốn đổi "
            "thì chọn lại."
        ),
        "memory": _(
            "Trình duyệt này không cho giữ câu trả lời trên máy; đừng đóng trang khi chưa lưu xong."
        ),
        "minutesLeft": _both(lambda n: ngettext("Còn %(n)s phút", "Còn %(n)s phút", n)),
        "resumed": _("Ca thi tiếp tục; đồng hồ chạy lại."),
        "pausedForAll": _("Cả ca thi đang tạm dừng theo lệnh của giám thị."),
        "pausedForYou": _("Giám thị tạm dừng riêng bài của anh/chị."),
        "fileTooLarge": _("Tệp lớn quá mức nhận. Hãy nén hoặc bớt hình trong tệp."),
        "fileOffline": _("Chưa gửi được tệp: mất mạng. Hãy chọn lại tệp khi có mạng."),
    }


def _submitting() -> Words:
    return {
        "leftOpen": _both(
            lambda n: ngettext("Còn %(n)s câu chưa trả lời", "Còn %(n)s câu chưa trả lời", n)
        ),
        "allAnswered": _("Đã trả lời đủ các câu"),
        "flaggedLeft": _("Đang đánh dấu xem lại: câu %(names)s."),
        "nothingWaits": _("Mọi câu trả lời đã nằm trên máy chủ."),
        "waits": _both(
            lambda n: ngettext(
                "%(n)s câu trả lời đang được gửi; gửi xong mới nộp.",
                "%(n)s câu trả lời đang được gửi; gửi xong mới nộp.",
                n,
            )
        ),
        "waitsOffline": _both(
            lambda n: ngettext(
                "%(n)s câu trả lời đang chờ mạng; có mạng, gửi xong mới nộp.",
                "%(n)s câu trả lời đang chờ mạng; có mạng, gửi xong mới nộp.",
                n,
            )
        ),
        "submitLeft": _("Còn %(left)s làm bài. Nộp rồi thì không sửa được nữa."),
        "sendingRest": _("Đang gửi nốt câu trả lời …"),
        "submitting": _("Đang nộp …"),
        "submitLater": _(
            "Chưa nộp được: mất mạng. Trang tự nộp khi có mạng; muốn sửa thì bấm “Làm tiếp”."
        ),
    }


def _ending() -> Words:
    return {
        "ending": _("Trang đang gửi nốt câu trả lời và lấy biên nhận."),
        "endOffline": _both(
            lambda n: ngettext(
                "Chưa nối được với máy chủ. %(n)s câu trả lời đang chờ trên máy này và tự gửi khi "
                "có mạng; máy chủ giữ riêng những câu đến sau giờ. Đừng đóng trang.",
                "Chưa nối được với máy chủ. %(n)s câu trả lời đang chờ trên máy này và tự gửi khi "
                "có mạng; máy chủ giữ riêng những câu đến sau giờ. Đừng đóng trang.",
                n,
            )
        ),
        "endOfflineNone": _(
            "Chưa nối được với máy chủ. Mọi câu trả lời đã lưu; máy chủ tự nộp. Trang lấy "
            "biên nhận "
            "khi có mạng."
        ),
        "kept_late": _(
            "Câu %(names)s đến máy chủ sau giờ và được giữ riêng theo quy định của ca thi."
        ),
        "kept_fenced": _(
            "Câu %(names)s gửi từ máy này sau khi đã đổi máy; máy chủ giữ riêng để hội "
            "đồng xem xét."
        ),
        "notTaken": _both(
            lambda n: ngettext(
                "%(n)s câu trả lời đến khi bài đã nộp nên không được nhận.",
                "%(n)s câu trả lời đến khi bài đã nộp nên không được nhận.",
                n,
            )
        ),
        "stillSending": _both(
            lambda n: ngettext(
                "Còn %(n)s câu trả lời đang gửi; đừng đóng trang.",
                "Còn %(n)s câu trả lời đang gửi; đừng đóng trang.",
                n,
            )
        ),
    }


def _receipt() -> Words:
    return {
        "exam": _("Ca thi"),
        "submittedAt": _("Nộp lúc"),
        "submittedHow": _("Cách nộp"),
        "cause_candidate": _("Thí sinh nộp"),
        "cause_time": _("Hết giờ, máy chủ nộp"),
        "cause_ended": _("Giám thị kết thúc"),
        "savesCount": _("Số lần lưu"),
        "attemptCode": _("Mã bài làm"),
        "receiptCode": _("Mã biên nhận"),
        "receiptTitle": _("Biên nhận nộp bài – Lan Tỏa"),
        "receiptFile": _("bien-nhan"),
        "submittedHeading": _("Đã nộp bài"),
        "passed": _("Đạt%(score)s"),
        "failed": _("Chưa đạt%(score)s"),
        "resultPoints": _("%(points)s trên %(possible)s điểm."),
        "resultNoScore": _("Ca thi này chỉ công bố đạt hay chưa đạt."),
        "resultCouncil": _("Kết quả được xem khi hội đồng công bố."),
        "resultLater": _("Kết quả có sau khi các câu tự luận, thực hành được chấm."),
        "resultOffline": _("Chưa nối được với máy chủ để xem kết quả."),
        "tally": _("%(title)s: %(points)s/%(possible)s"),
        "common": _("Chung"),
        "laterAccount": _(
            "Xem lại bất cứ lúc nào sau khi đăng nhập, trong mục kết quả của ca thi."
        ),
        "laterCode": _(
            "Xem lại đến %(at)s bằng cách vào thi lại với số báo danh và mã; sau đó hỏi đơn vị tổ "
            "chức."
        ),
    }


def _stopped() -> Words:
    return {
        "tryAgain": _("Thử lại"),
        "enterAgain": _("Vào lại"),
        "workHere": _("Làm tiếp trên máy này"),
        "movedHeading": _("Bài đang được làm trên máy khác"),
        "movedText": _(
            "Máy này không ghi vào bài được nữa. Những câu đã lưu từ máy này vẫn còn trong bài."
        ),
        "movedWaiting": _both(
            lambda n: ngettext(
                "%(n)s câu trả lời chưa gửi từ máy này đang được gửi để giữ riêng.",
                "%(n)s câu trả lời chưa gửi từ máy này đang được gửi để giữ riêng.",
                n,
            )
        ),
        "tabHeading": _("Bài đang mở ở thẻ khác"),
        "tabText": _("Mỗi lúc chỉ một thẻ của trình duyệt làm bài. Không câu trả lời nào bị mất."),
        "tabHere": _("Làm tiếp ở thẻ này"),
        "stop_no_token": _("Hãy vào lại để làm tiếp"),
        "stop_wrong_network": _("Máy này không ở trong mạng của phòng thi"),
        "stop_seb_needed": _("Hãy mở bài bằng Safe Exam Browser"),
        "stop_withdrawn": _("Anh/chị không còn trong danh sách"),
        "stop_closed": _("Ca thi đã đóng"),
        "stop_too_late_to_start": _("Đã quá giờ bắt đầu"),
        "stop_no_such_attempt": _("Không có bài làm này"),
        "stop_other": _("Chưa mở được bài"),
    }
