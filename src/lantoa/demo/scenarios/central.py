"""The 37 central bodies of 2020 beside the 63 provinces: 22 ministries and bodies of their rank,
8 under the government, 7 of the Party, the assembly, the courts and the Front."""

from lantoa.demo.scenarios.staging import Staging
from lantoa.people.models import Unit

MINISTRIES = (
    "Bộ Quốc phòng", "Bộ Công an", "Bộ Ngoại giao", "Bộ Nội vụ", "Bộ Tư pháp",
    "Bộ Kế hoạch và Đầu tư", "Bộ Tài chính", "Bộ Công Thương",
    "Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Giao thông vận tải", "Bộ Xây dựng",
    "Bộ Tài nguyên và Môi trường", "Bộ Thông tin và Truyền thông",
    "Bộ Lao động - Thương binh và Xã hội", "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Khoa học và Công nghệ", "Bộ Giáo dục và Đào tạo", "Bộ Y tế", "Ủy ban Dân tộc",
    "Ngân hàng Nhà nước Việt Nam", "Thanh tra Chính phủ", "Văn phòng Chính phủ",
)  # fmt: skip
UNDER_GOVERNMENT = (
    "Ban Quản lý Lăng Chủ tịch Hồ Chí Minh", "Bảo hiểm xã hội Việt Nam", "Thông tấn xã Việt Nam",
    "Đài Tiếng nói Việt Nam", "Đài Truyền hình Việt Nam",
    "Viện Hàn lâm Khoa học và Công nghệ Việt Nam", "Viện Hàn lâm Khoa học xã hội Việt Nam",
    "Ủy ban Quản lý vốn nhà nước tại doanh nghiệp",
)  # fmt: skip
BESIDE = (
    "Văn phòng Trung ương Đảng", "Văn phòng Quốc hội", "Văn phòng Chủ tịch nước",
    "Tòa án nhân dân tối cao", "Viện kiểm sát nhân dân tối cao", "Kiểm toán Nhà nước",
    "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
)  # fmt: skip


def central_bodies(staging: Staging) -> list[Unit]:
    return [staging.unit(name) for name in (*MINISTRIES, *UNDER_GOVERNMENT, *BESIDE)]


def provinces_then() -> list[Unit]:
    """The 63 of before the reform."""
    found = Unit.objects.filter(kind=Unit.Kind.PROVINCE, ended_on=None).order_by("sort_key")
    return list(found)
