"""Who was told what, when: notices on the site, e-mails and short messages.

For the domains above: `actions.notify`, `actions.send_email`, `actions.send_sms`,
`actions.send_emails` (a batch), `queries.unread_count`.
"""
