from django import template

from lantoa.items.rich_text import plain

register = template.Library()
register.filter("plain", plain)
