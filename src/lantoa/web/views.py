"""Every component on one page, for developers: mounted only where DEBUG is on."""

from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lantoa.web.formats import percent

MOMENT = datetime(2022, 9, 30, 10, 0, tzinfo=UTC)


class SampleForm(forms.Form):
    name = forms.CharField(label="Họ và tên", max_length=80)
    phone = forms.CharField(
        label="Số điện thoại",
        help_text="Dùng để đăng nhập và nhận mã kích hoạt.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label="Thư điện tử", required=False)
    group = forms.ChoiceField(
        label="Nhóm", choices=[("a", "Cán bộ, công chức cấp xã"), ("b", "Viên chức giáo dục, y tế")]
    )
    kind = forms.ChoiceField(
        label="Hình thức học",
        choices=[("online", "Trực tuyến"), ("room", "Tại lớp")],
        widget=forms.RadioSelect,
        help_text="Có thể đổi trước khi đợt bắt đầu.",
    )
    agree = forms.BooleanField(label="Gửi thư báo khi mở đợt", required=False)
    file = forms.FileField(
        label="Danh sách học viên",
        required=False,
        help_text=".xlsx, .xls, .ods hoặc .csv, tối đa 20 MB.",
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)


def styleguide(request: HttpRequest) -> HttpResponse:
    spoilt = SampleForm({"phone": "0912", "email": "hang@", "kind": "x"}, prefix="spoilt")
    context = {
        "navigation": [
            {"label": label, "url": "#", "current": label == "Báo cáo"}
            for label in ("Học tập", "Sát hạch", "Chứng nhận", "Mạng lưới", "Báo cáo")
        ],
        "account_menu": {
            "name": "Nguyễn Thị Hằng",
            "detail": "Phó Chủ tịch UBND xã Phú Lương",
            "links": [
                {"label": "Tài khoản của tôi", "url": "#"},
                {"label": "Phiên đăng nhập", "url": "#"},
            ],
            "sign_out_url": "#",
        },
        "installation": {
            "agency_name": "Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
            "responsible_person": "ông Trần Văn Minh",
            "help_contact": "0208 3855 000, hotro@thainguyen.example",
            "banner_text": "Bảo trì từ 22:00 ngày 02/10 đến 00:30 ngày 03/10/2022.",
        },
        "moment": MOMENT,
        "trail": [("Báo cáo", "#"), ("Tỉnh Thái Nguyên", "#")],
        "tabs": [
            {"label": "Tất cả", "url": "#", "current": True, "count": 25000},
            {"label": "Trễ hạn", "url": "#", "current": False, "count": 312},
            {"label": "Chưa kích hoạt", "url": "#", "current": False, "count": 1204},
        ],
        "units": [
            ("Xã Ba Bể", 96, 41, percent(41 / 96, 0), "danger", "Chậm"),
            ("Xã Võ Nhai", 118, 73, percent(73 / 118, 0), "warning", "Cần chú ý"),
            ("Phường Sông Công", 290, 228, percent(228 / 290, 0), "info", "Đúng tiến độ"),
            ("Xã Phú Lương", 204, 204, percent(204 / 204, 0), "success", "Hoàn thành"),
        ],
        "facts": [
            ("Số quyết định", "1210/QĐ-UBND"),
            ("Thời gian", "06/05/2022 – 22/05/2022"),
            ("Chỉ tiêu", "25.000 người"),
        ],
        "events": [
            {
                "at": MOMENT,
                "actor": "Nguyễn Thị Hằng",
                "summary": "Cấp chỉ tiêu 204 người cho xã Phú Lương",
            },
            {
                "at": MOMENT,
                "actor": "Trần Văn Minh",
                "summary": "Lập kế hoạch",
                "note": "Theo Quyết định 1210/QĐ-UBND",
            },
        ],
        "page": Paginator(range(1834), 50).get_page(request.GET.get("page", 4)),
        "job": {"label": "Đang đọc danh sách", "done": 8200, "total": 25000, "state": "running"},
        "form": SampleForm(),
        "spoilt": spoilt,
    }
    return render(request, "web/styleguide.html", context)
