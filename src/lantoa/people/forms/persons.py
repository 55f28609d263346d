from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.accounts.queries import normal_phone
from lantoa.kernel import clock
from lantoa.kernel.names import join_name
from lantoa.people.forms.fields import BirthField, UnitField
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.people.permissions import units_within
from lantoa.people.queries.persons import PersonFilter
from lantoa.people.rules.persons import PersonFacts, is_personal_number
from lantoa.web.fields import DayField

Choices = list[tuple[str, Any]]
ACCOUNT_STATES: Choices = [
    ("", _("Mọi tài khoản")),
    ("none", _("Chưa có tài khoản")),
    ("waiting", _("Chưa kích hoạt")),
    ("active", _("Đang dùng")),
    ("closed", _("Đã đóng")),
]
LEFT_STATES: Choices = [("", _("Đang làm việc")), ("left", _("Đã thôi việc")), ("all", _("Tất cả"))]
LEADER: Choices = [("", _("Lãnh đạo và không")), ("1", _("Lãnh đạo, quản lý")), ("0", _("Khác"))]


class PersonSearch(forms.Form):
    """The filters of the list of people, kept in the address."""

    q = forms.CharField(label=_("Tên hoặc số điện thoại"), required=False, max_length=100)
    unit = UnitField(label=_("Đơn vị công tác"), required=False, help_text="")
    only = forms.BooleanField(label=_("Không gồm đơn vị trực thuộc"), required=False)
    category = forms.ChoiceField(
        label=_("Đối tượng"),
        required=False,
        choices=[("", _("Mọi đối tượng")), *Person.Category.choices],
    )
    leader = forms.ChoiceField(label=_("Lãnh đạo"), required=False, choices=LEADER)
    specialism = forms.ChoiceField(
        label=_("Chuyên trách"),
        required=False,
        choices=[("", _("Mọi loại")), *Person.Specialism.choices],
    )
    title = forms.CharField(label=_("Chức vụ có chữ"), required=False, max_length=100)
    account = forms.ChoiceField(label=_("Tài khoản"), required=False, choices=ACCOUNT_STATES)
    left = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=LEFT_STATES)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.units = units_within(user, RoleGrant.Role.COORDINATOR)

    def wanted(self) -> PersonFilter:
        """What was asked; a field that can't be understood narrows to nothing but itself."""
        self.is_valid()
        data = self.cleaned_data
        leader = data.get("leader", "")
        return PersonFilter(
            unit=data.get("unit"),
            below=not data.get("only"),
            category=data.get("category", ""),
            is_leader=leader == "1" if leader else None,
            specialism=data.get("specialism", ""),
            title=data.get("title", ""),
            account=data.get("account", ""),
            left=data.get("left") or "now",
            text=data.get("q", ""),
        )

    @property
    def more(self) -> list[forms.BoundField]:
        names = ("only", "category", "leader", "specialism", "title", "account", "left")
        return [self[name] for name in names]

    @property
    def narrows(self) -> bool:
        return any(field.value() for field in self.more)


class PersonForm(forms.Form):
    """A person's facts; for a new person also the unit and the day the post began."""

    unit = UnitField(label=_("Đơn vị công tác"))
    family_middle = forms.CharField(label=_("Họ và đệm"), max_length=100, required=False)
    given_name = forms.CharField(
        label=_("Tên"), max_length=40, help_text=_("Danh sách xếp theo tên này.")
    )
    birth = BirthField(
        label=_("Ngày sinh"), required=False, help_text=_("dd/mm/yyyy, hoặc chỉ năm sinh.")
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), required=False, choices=[("", _("Chưa rõ")), *Person.Sex.choices]
    )
    title = forms.CharField(label=_("Chức vụ, chức danh"), max_length=150, required=False)
    category = forms.ChoiceField(
        label=_("Đối tượng"), required=False, choices=[("", _("Chưa rõ")), *Person.Category.choices]
    )
    is_leader = forms.BooleanField(label=_("Lãnh đạo, quản lý"), required=False)
    specialism = forms.ChoiceField(label=_("Chuyên trách"), choices=Person.Specialism.choices)
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        help_text=_("Dùng để đăng nhập."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "lt-short"}),
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    personal_number = forms.CharField(
        label=_("Số định danh cá nhân"),
        max_length=20,
        required=False,
        help_text=_("12 chữ số. Lưu dạng mã hóa, danh sách chỉ hiện ba số cuối."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ethnicity = forms.CharField(
        label=_("Dân tộc"),
        max_length=40,
        required=False,
        help_text=_("Dữ liệu nhạy cảm: chỉ đầu mối thấy ở trang này, nơi khác chỉ đếm."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    since = DayField(label=_("Giữ vị trí từ ngày"), required=False)

    def __init__(
        self, *args: Any, user: User, person: Person | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["specialism"].initial = Person.Specialism.NONE
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.units = units_within(user, RoleGrant.Role.COORDINATOR)
        if person is not None:
            for name in ("unit", "since"):
                del self.fields[name]

    def clean_phone(self) -> str:
        phone = normal_phone(self.cleaned_data["phone"])
        if self.cleaned_data["phone"] and not 9 <= len(phone) <= 12:
            raise forms.ValidationError(_("Số điện thoại này thiếu hoặc thừa chữ số."))
        return phone

    def clean_personal_number(self) -> str:
        typed: str = self.cleaned_data["personal_number"]
        if typed and not is_personal_number(typed):
            raise forms.ValidationError(_("Số định danh cá nhân có đúng 12 chữ số."))
        return typed.replace(" ", "")

    def changes(self) -> dict[str, Any]:
        """The cleaned facts, named as in `PersonFacts`."""
        data = dict(self.cleaned_data)
        name = join_name(data.pop("family_middle"), data.pop("given_name"))
        birth_date, birth_year = data.pop("birth")
        data.pop("unit", None)
        data.pop("since", None)
        return {
            **data,
            "family_name": name.family,
            "middle_name": name.middle,
            "given_name": name.given,
            "birth_date": birth_date,
            "birth_year": birth_year,
        }

    def facts(self) -> PersonFacts:
        return PersonFacts(**self.changes())


def initial_of(facts: PersonFacts) -> dict[str, Any]:
    """What the form shows of a person that is there."""
    day, year = facts.birth_date, facts.birth_year
    return {
        "family_middle": " ".join(p for p in (facts.family_name, facts.middle_name) if p),
        "birth": f"{day:%d/%m/%Y}" if day else str(year or ""),
        **{
            name: getattr(facts, name)
            for name in (
                "given_name", "sex", "title", "category", "is_leader", "specialism", "phone",
                "email", "personal_number", "ethnicity", "note",
            )
        },
    }  # fmt: skip


class TransferForm(forms.Form):
    unit = UnitField(label=_("Đơn vị mới"))
    title = forms.CharField(label=_("Chức vụ, chức danh mới"), max_length=150, required=False)
    on_date = DayField(label=_("Từ ngày"), initial=clock.today)

    def __init__(self, *args: Any, user: User, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].initial = person.title
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.units = units_within(user, RoleGrant.Role.COORDINATOR)

    def chosen_unit(self) -> Unit:
        unit: Unit = self.cleaned_data["unit"]
        return unit


class LeaveForm(forms.Form):
    left_on = DayField(label=_("Thôi việc từ ngày"), initial=clock.today)
