"""How items worked: computed by a job (`tasks`, with NumPy), kept as JSON, shown without it."""
