"""A province as set-up leaves it, small."""

from lantoa.frameworks.actions import load_presets
from lantoa.people.actions.create_unit import create_unit

LEARNERS = 60
COMMUNES = ("Xã Phú Đình", "Phường Phan Đình Phùng", "Xã Văn Hán", "Xã Đại Từ", "Phường Sông Công")


def found_province() -> None:
    country = create_unit(actor=None, code="VN", kind="country", name="Việt Nam", parent=None)
    province = create_unit(
        actor=None, code="19", kind="province", name="Tỉnh Thái Nguyên", parent=country
    )
    for number, name in enumerate(COMMUNES):
        code = f"0544{number}"
        create_unit(actor=None, code=code, kind="commune", name=name, parent=province)
    load_presets(actor=None)
