from lantoa.installation.models import Installation


def this_installation() -> Installation:
    """The installation's row, or an unsaved one with the defaults before it has been set."""
    return Installation.objects.select_related("logo").filter(pk=1).first() or Installation(pk=1)
