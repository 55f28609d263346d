"""`lantoa COMMAND`: Django's own command runner, with hyphens allowed in names."""

import os
import sys

from django.core.management import execute_from_command_line


def main(arguments: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
    words = sys.argv[1:] if arguments is None else arguments
    if words:
        words = [words[0].replace("-", "_"), *words[1:]]
    execute_from_command_line(["lantoa", *words])


if __name__ == "__main__":
    main()
