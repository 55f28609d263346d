"""What the schedule calls."""

from lantoa.accounts.actions.forgetting import forget_old


def forget() -> None:
    forget_old()
