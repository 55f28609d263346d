"""The hot path: what a candidate's page asks for, taken in batches and committed together.

fast.py (plain ASGI) → `operations` → the process's group writer → `batch.commit`, in one
transaction → outcomes → fast.py. Django's own views and the worker hand theirs to the same
`batch.commit`, so that both routes leave the same rows.
"""
