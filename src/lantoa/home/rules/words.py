"""How people are addressed."""

from django.utils.translation import gettext as _


def greeting(*, given_name: str, sex: str) -> str:
    """ "Chào bà Hằng": by given name; "ông" and "bà" only where the sex is known."""
    if sex == "female":
        return _("Chào bà %(name)s") % {"name": given_name}
    if sex == "male":
        return _("Chào ông %(name)s") % {"name": given_name}
    return _("Chào %(name)s") % {"name": given_name}
