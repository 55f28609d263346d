from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Form


def note_print(*, actor: User | None, form: Form, part: str) -> None:
    """A paper, key or sheet was taken out: should it leak, one knows by whose hands it went."""
    record(actor=actor, action="items.print_form", on=form, data={"part": part})
