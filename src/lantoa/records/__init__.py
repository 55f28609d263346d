"""The learning record store: what people did while learning, as xAPI statements, append-only.

A sink that knows nobody above it. Write by `actions.append`, read by `queries` (docs/records.md).
"""
