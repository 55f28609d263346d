"""The words of column headers, and what they mean.

Compared without accents, case and punctuation. An exact wording is certain; a wording that only
contains the words is likely. `IGNORE` stands for columns that look like others but are not.
"""

import re
from typing import Final

from lantoa.people.rosters.fields import Field

EXACT: Final[dict[str, Field]] = {
    wording: field
    for field, wordings in {
        Field.ORDINAL: "stt|tt|so tt|so thu tu|thu tu|s tt|no",
        Field.FULL_NAME: "ho va ten|ho ten|ho va ten hoc vien|ho ten hoc vien|ho va ten can bo"
        "|hoc vien|ho dem va ten|ho ten dem va ten|ho chu dem va ten|ho va ten khai sinh"
        "|ho ten khai sinh|ho va ten nguoi hoc|ho va ten cong chuc|ten hoc vien|full name|name",
        Field.FAMILY_MIDDLE: "ho dem|ho va dem|ho ten dem|ho va ten dem|ho lot|ho va chu dem"
        "|ho chu dem|ho va chu lot|ho va ten lot",
        Field.MIDDLE: "dem|chu dem|ten dem|chu lot|ten lot",
        Field.GIVEN: "ten goi",
        Field.BIRTH_DATE: "ngay sinh|ngay thang nam sinh|nam sinh|sinh ngay|ntns|ngay thang sinh"
        "|ngay sinh dd mm yyyy|ngay thang nam sinh dd mm yyyy|date of birth|dob",
        Field.SEX: "gioi tinh|phai|nam nu|gioi tinh nam nu|gioi|gender|sex|gt",
        Field.PERSONAL_NUMBER: "so cccd|cccd|so dinh danh ca nhan|so dinh danh|ma dinh danh"
        "|ma dinh danh ca nhan|cccd cmnd|so cccd cmnd|cmnd cccd|so cmnd cccd|so can cuoc|can cuoc"
        "|so can cuoc cong dan|can cuoc cong dan|so cmnd|cmnd|cmt|so cmt|so the can cuoc|ddcn"
        "|so ddcn|cmtnd|so cmtnd|cccd so|so cccd so dinh danh ca nhan",
        Field.PHONE: "so dien thoai|dien thoai|sdt|so dt|dt|di dong|so di dong|dtdd|so dtdd|mobile"
        "|dien thoai di dong|so dien thoai di dong|phone|tel|so dien thoai lien he"
        "|dien thoai lien he|sdt lien he|so dien thoai ca nhan|zalo|so zalo|dien thoai zalo",
        Field.EMAIL: "email|e mail|thu dien tu|dia chi email|dia chi thu dien tu|email cong vu"
        "|thu dien tu cong vu|thu cong vu|hop thu|hop thu dien tu|mail|gmail|dia chi e mail"
        "|hop thu cong vu|hom thu|hom thu dien tu|mail cong vu",
        Field.TITLE: "chuc vu|chuc danh|chuc vu chuc danh|chuc danh chuc vu|vi tri viec lam"
        "|chuc vu cong tac|chuc vu don vi|cong viec|vi tri cong tac|chuc vu hien tai|nhiem vu"
        "|chuc vu hien nay|vi tri|cong viec dam nhiem|chuc vu vi tri viec lam|nghe nghiep",
        Field.UNIT: "don vi|don vi cong tac|co quan|co quan don vi|noi cong tac|co quan cong tac"
        "|co quan don vi cong tac|don vi cu di hoc|don vi quan ly|ten don vi|noi lam viec|xa phuong"
        "|ubnd xa phuong|xa phuong thi tran|dia phuong",
        Field.ETHNICITY: "dan toc|thanh phan dan toc",
        Field.NOTE: "ghi chu|chu thich|ghi chu khac|note",
    }.items()
    for wording in wordings.split("|")
}

IGNORED: Final = re.compile(
    r"noi sinh|que quan|noi cap|ngay cap|thuong tru|tam tru|cho o|dia chi(?!.*(mail|thu dien tu))"
    r"|ky nhan|chu ky|ky ten|trinh do|chuyen nganh|chuyen mon|bang cap|ton giao|ngay vao|vao dang"
    r"|tai khoan|ngan hang|bac luong|he so|ma so|ma ngach|ngach|ket qua|diem|xep loai|tuoi"
    r"|dien thoai co quan|dien thoai ban|may ban|co dinh|fax|ngay bo nhiem|nam bo nhiem"
    r"|nguoi quan ly|nguoi phu trach|nguoi gioi thieu|ten lop|ten khoa|so quyet dinh|ly luan"
)

CONTAINED: Final[list[tuple[re.Pattern[str], Field]]] = [
    (re.compile(pattern), field)
    for pattern, field in [
        (r"\be ?mail|thu dien tu|hop thu", Field.EMAIL),
        (r"dien thoai|\bsdt\b|di dong|\bdtdd\b|\bzalo\b", Field.PHONE),
        (r"cccd|cmnd|dinh danh|can cuoc|\bcmtnd?\b", Field.PERSONAL_NUMBER),
        (r"ngay sinh|nam sinh|sinh ngay|thang sinh", Field.BIRTH_DATE),
        (r"gioi tinh", Field.SEX),
        (r"dan toc", Field.ETHNICITY),
        (r"ho (va )?(ten|dem)|ho ten", Field.FULL_NAME),
        (r"chuc vu|chuc danh|vi tri viec lam", Field.TITLE),
        (r"don vi|co quan|noi cong tac|noi lam viec", Field.UNIT),
        (r"ghi chu", Field.NOTE),
    ]
]
