"""A rehearsal: synthetic candidates sit a copy of a sitting against the running server.

`client` speaks HTTP, `candidates` goes through an exam step by step, `judging` says go or no-go,
`rehearse` puts them together (`lantoa exam rehearse SITTING`).
"""
