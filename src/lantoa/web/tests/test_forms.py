from django import forms

from lantoa.web.views import SampleForm


class Plan(forms.Form):
    number = forms.CharField(label="Số quyết định", help_text="Ví dụ 1210/QĐ-UBND")
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    groups = forms.MultipleChoiceField(
        label="Nhóm", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )


def test_an_error_stands_beside_its_field_and_in_the_summary() -> None:
    html = str(Plan({"number": "", "groups": ["a"]}))
    assert 'class="ds-error-summary"' in html
    assert 'href="#id_number"' in html
    assert 'id="id_number_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_number_helptext id_number_error"' in html


def test_what_was_typed_stays() -> None:
    html = str(Plan({"number": "1210/QĐ-UBND"}))
    assert 'value="1210/QĐ-UBND"' in html
    assert 'href="#id_groups"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "ds-error-summary" not in str(Plan())


def test_every_field_has_a_label_of_its_own() -> None:
    html = str(SampleForm())
    for name in ("name", "phone", "email", "group", "note", "file"):
        assert f'<label for="id_{name}">' in html
    assert "<legend>Hình thức học" in html
    assert html.count("không bắt buộc") == 3


def test_widgets_are_drawn_by_the_design_system_except_files() -> None:
    form = SampleForm()
    assert 'class="ds-input"' in str(form["name"])
    assert 'inputmode="tel"' in str(form["phone"])
    assert "ds-input" not in str(form["file"])
    assert str(form["kind"]).count('class="lt-check"') == 2


def test_an_error_of_the_whole_form_is_told() -> None:
    form = Plan({"number": "1", "groups": ["a"]})
    form.add_error(None, "Hai kế hoạch trùng số.")
    assert "Hai kế hoạch trùng số." in str(form)


def test_hidden_fields_are_sent() -> None:
    assert 'type="hidden" name="token"' in str(Plan())
