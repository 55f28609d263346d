"""Who can sign in and how: accounts, activation codes, passwords, second factor, sessions.

Knows nothing of units and roles: who is an administrator is asked through settings
(`LANTOA_IS_ADMINISTRATOR`, `LANTOA_NEEDS_SECOND_FACTOR`: dotted paths of predicates of a user).
"""
