from django import template

from lantoa.items.asking import asks
from lantoa.items.kinds import kind_of

register = template.Library()
register.filter("asks", asks)


@register.filter
def kind_label(name: str) -> object:
    return kind_of(name).label
