import logging


class NoPaths(logging.Filter):
    """Django's lines about requests end in the path, which may carry a token or a name: only what
    happened stays. The access log says on which route."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
            record.msg, record.args = "%s", record.args[:1]
        record.__dict__.pop("request", None)
        return True
