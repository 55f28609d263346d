from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lantoa.exams.models import Duty, Room, Sitting
from lantoa.people.models import Person


class DutyForm(forms.Form):
    """One of the people that a search found, and what they do."""

    person = forms.ChoiceField(label=gettext_lazy("Người được giao"), widget=forms.RadioSelect)
    role = forms.ChoiceField(label=gettext_lazy("Việc"), choices=Duty.Role.choices)
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Phòng (giám thị)"),
        required=False,
        empty_label=gettext_lazy("Mọi phòng"),
    )

    def __init__(
        self, *args: Any, sitting: Sitting, people: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        person.choices = [
            (pk, " · ".join(word for word in (one.full_name, one.title, one.unit.name) if word))
            for pk, one in self.people.items()
        ]
        if len(self.people) == 1:
            person.initial = next(iter(self.people))
        room = self.fields["room"]
        assert isinstance(room, forms.ModelChoiceField)
        room.queryset = sitting.rooms.order_by("name")
        if not room.queryset.exists():
            del self.fields["room"]

    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]
