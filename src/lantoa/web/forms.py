"""How every form looks: set by FORM_RENDERER, so `{{ form }}` and `{{ field }}` just work."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, FileInput, Textarea, Widget

# Types whose browser widget Designsystemet does not draw.
UNDRAWN = (FileInput,)


class Field(BoundField):
    """Gives each widget Designsystemet's class; the rest Django's own widgets already know."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        classes = [str(drawn.attrs.get("class", "")), str(built.get("class", ""))]
        if not isinstance(drawn, UNDRAWN):
            classes.insert(0, "ds-input")
        joined = " ".join(dict.fromkeys(word for group in classes for word in group.split()))
        if joined:
            built["class"] = joined
        if isinstance(drawn, Textarea) and drawn.attrs.get("rows") == "10":
            built["rows"] = "4"  # Django's ten empty lines push the button off a phone's screen
        return built

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_file(self) -> bool:
        return isinstance(self.field.widget, FileInput)


class FormRenderer(TemplatesSetting):
    """Set as FORM_RENDERER; needs `django.forms` in INSTALLED_APPS below `lantoa.web`."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
    bound_field_class = Field
