"""Whose installation this is, how it sends messages, and what it tells everybody.

For the domains above: `queries.this_installation()`, Django's mail (our EMAIL_BACKEND) and
`sms.send_sms`.
"""
