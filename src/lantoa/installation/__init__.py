"""Whose installation this is, how it sends messages, and what it tells everybody.

For the domains above: `queries.this_installation()`, Django's mail (our EMAIL_BACKEND),
`sms.send_sms` and `conference.configured()`.
"""
