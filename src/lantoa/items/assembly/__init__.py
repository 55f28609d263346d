"""Forms out of the bank: what a blueprint asks as `stats` understands it, what can't be, in
words, and the job that assembles. Only `tasks` loads NumPy and HiGHS."""
