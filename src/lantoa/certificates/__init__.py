"""Certificates: the register, issuing, looking up, revoking.

For other domains: `queries.certificates_of(person)` (the holder's, newest first),
`consumers.enrolment_completed` (hears `programmes.complete_enrolment`).
"""
