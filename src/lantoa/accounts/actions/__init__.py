"""The only writers of accounts."""

from lantoa.accounts.actions.accounts import (
    close_account,
    create_account,
    create_accounts,
    reopen_account,
    set_language,
)
from lantoa.accounts.actions.activation import (
    activate,
    issue_activation_codes,
    withdraw_activation_codes,
)
from lantoa.accounts.actions.confirmations import (
    ask_new_email,
    ask_new_phone,
    ask_password_reset,
    check_confirmation,
    take_new_contact,
)
from lantoa.accounts.actions.credentials import change_password, reset_password
from lantoa.accounts.actions.sessions import end_other_sessions, end_session, end_sessions
from lantoa.accounts.actions.sign_in import (
    check_password,
    check_sign_in,
    forget_failures,
    note_failure,
)

__all__ = [
    "activate",
    "ask_new_email",
    "ask_new_phone",
    "ask_password_reset",
    "change_password",
    "check_confirmation",
    "check_password",
    "check_sign_in",
    "close_account",
    "create_account",
    "create_accounts",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "forget_failures",
    "issue_activation_codes",
    "note_failure",
    "reopen_account",
    "reset_password",
    "set_language",
    "take_new_contact",
    "withdraw_activation_codes",
]
