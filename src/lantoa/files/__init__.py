"""Uploads and their safety: what may come in, where it lies, how it goes out (docs/files.md)."""
