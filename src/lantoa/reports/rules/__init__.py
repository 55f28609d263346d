"""Shapes and pictures, without Django and without a database."""
