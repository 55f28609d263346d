"""`lantoa COMMAND`: Django's own command runner, with hyphens allowed in names, `--data DIR` for
every command, and the database made before the first command that needs one."""

import os
import sys
from functools import partial
from pathlib import Path

from django.core.management import execute_from_command_line

from lantoa.project.overview import overview

# Commands that work on sources or on the data directory itself, and must not make a database.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compile_catalogues",
    "doctor",
    "help",
    "makemigrations",
    "messages",
    "migrate",
    "restore",
    "shell",
    "test",
    "upgrade",
}


def take_data_directory(words: list[str]) -> list[str]:
    """Settings read LANTOA_DATA when they are imported, so `--data` is taken out before that."""
    rest, take = [], False
    for word in words:
        if take:
            os.environ["LANTOA_DATA"], take = word, False
        elif word == "--data":
            take = True
        elif word.startswith("--data="):
            os.environ["LANTOA_DATA"] = word.removeprefix("--data=")
        else:
            rest.append(word)
    if take:
        sys.exit("lantoa: --data cần một thư mục")
    return rest


def _set_environment(words: list[str]) -> None:
    """What a command means for the settings, which are read when Django is first imported."""
    if words[0] == "demo":
        os.environ["LANTOA_DEMO"] = "1"
    if words[0] in ("demo", "bench") and not os.environ.get("LANTOA_DATA"):
        # The model province never mixes with an installation's own data.
        os.environ["LANTOA_DATA"] = str(Path(__file__).resolve().parents[3] / "var" / words[0])
    if any(word.split("=")[0] == "--cert" for word in words):
        os.environ["LANTOA_HTTPS"] = "1"  # secure cookies, HSTS
    # NumPy's threads wait by spinning: beside a busy exam a job took 40 times as long with two.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _prepare(command: str) -> None:
    import django

    django.setup()
    from lantoa.project.preparation import prepare_database

    if command not in WITHOUT_DATABASE and not command.startswith("-"):
        say = partial(print, file=sys.stderr, flush=True)
        prepare_database(say, units=command != "demo")


def main(arguments: list[str] | None = None) -> None:
    os.umask(0o077)  # the database holds people's data: nobody else on the machine reads it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
    words = take_data_directory(sys.argv[1:] if arguments is None else arguments)
    if not words or words in (["help"], ["--help"], ["-h"]):
        print(overview())
        return
    words = [words[0].replace("-", "_"), *words[1:]]
    _set_environment(words)
    if not {"-h", "--help"} & set(words):
        _prepare(words[0])
    execute_from_command_line(["lantoa", *words])


if __name__ == "__main__":
    main()
