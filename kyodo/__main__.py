"""The command line: `kyodo run` and the single steps behind it."""

import argparse
import codecs
import os
import sys
from io import TextIOWrapper

from kyodo import CannotGoOnError


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command. A refusal is a sentence on the terminal and exit code 1."""
    _write_japanese()
    chosen = _commands().parse_args(arguments)
    try:
        code = int(chosen.carry_out(chosen))
        sys.stdout.flush()
        return code
    except (CannotGoOnError, ValueError) as reason:
        print(f"kyodo: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads the answer, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _write_japanese() -> None:
    """Where the locale knows ASCII alone (`LC_ALL=C`), answer in UTF-8; what another one lacks is written as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            plain = codecs.lookup(stream.encoding).name in ("ascii", "iso8859-1")
            stream.reconfigure(encoding="utf-8" if plain else None, errors="backslashreplace")


def _commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kyodo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    commands.add_parser("run", help="start pages, Prefect server and flow runner").set_defaults(carry_out=_run)

    upgrade = commands.add_parser("upgrade", help="bring the database to the tables of this version")
    upgrade.add_argument("--check", action="store_true", help="only compare migrations with models")
    upgrade.set_defaults(carry_out=_upgrade)

    seed = commands.add_parser("seed", help="plant the demonstration city where there is no data")
    seed.add_argument("--force", action="store_true", help="also where there is")
    seed.set_defaults(carry_out=_seed)

    docs = commands.add_parser("docs", help="write the generated parts of the documentation")
    docs.add_argument("--check", action="store_true", help="only say which are out of date")
    docs.set_defaults(carry_out=_docs)

    words = commands.add_parser("translations", help="compile the English catalogue")
    words.add_argument("--update", action="store_true", help="first take up new texts from the pages")
    words.add_argument("--check", action="store_true", help="only say what is missing")
    words.set_defaults(carry_out=_translations)

    _programme_commands(commands.add_parser("programme", help="check, compare, take up and write a city's programme"))
    return parser


def _programme_commands(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(required=True, metavar="step")

    check = steps.add_parser("check", help="name every fault of a programme's file")
    check.add_argument("file")
    check.set_defaults(carry_out=_check_programme)

    diff = steps.add_parser("diff", help="say what changed from one programme to another")
    diff.add_argument(
        "old", help="a file, an edition (KEY/NUMBER; KEY: the one in force), or the key of one that ships"
    )
    diff.add_argument("new", help="likewise")
    diff.set_defaults(carry_out=_compare_programmes)

    taking = steps.add_parser("import", help="make a file a new edition, in force at once unless said otherwise")
    taking.add_argument("file")
    when = taking.add_mutually_exclusive_group()
    when.add_argument(
        "--from", dest="start", metavar="MOMENT", help="in force from then on: 2027-04-01T09:00, Tokyo time"
    )
    when.add_argument("--only-look", action="store_true", help="not in force: to be looked at on the pages")
    taking.add_argument("--reason", default="", help="why it differs from the one before; the public reads it")
    taking.set_defaults(carry_out=_take_in_programme)

    editions = steps.add_parser(
        "list", help="every edition: from when it holds, how many cases stand on it, its reason"
    )
    editions.set_defaults(carry_out=_list_programmes)

    for step in (check, diff, taking, editions):
        step.add_argument("--language", choices=["ja", "en"], default="ja", help="what to answer in (default: ja)")

    export = steps.add_parser("export", help="write a programme as a file")
    export.add_argument("key", help="KEY/NUMBER, KEY for the edition in force, or the key of a programme that ships")
    export.set_defaults(carry_out=_export_programme)


# Each command loads what it needs when it is called: the pages must not wait for the checks' libraries.


def _run(chosen: argparse.Namespace) -> int:
    from kyodo.run import run

    return run()


def _upgrade(chosen: argparse.Namespace) -> int:
    from kyodo import migrations, programmes

    if chosen.check:
        return _told(migrations.differences())
    migrations.upgrade()
    programmes.begin()
    return 0


def _seed(chosen: argparse.Namespace) -> int:
    from kyodo.demonstration import plant

    plant(force=chosen.force)
    return 0


def _docs(chosen: argparse.Namespace) -> int:
    from kyodo import documents

    if chosen.check:
        return _told(documents.outdated())
    documents.write()
    return 0


def _translations(chosen: argparse.Namespace) -> int:
    from kyodo import translations

    if chosen.update:
        translations.update()
    if chosen.check:
        return _told(translations.problems())
    translations.compile_all()
    return 0


def _check_programme(chosen: argparse.Namespace) -> int:
    from kyodo import programmes

    return programmes.check(chosen.file, chosen.language)


def _compare_programmes(chosen: argparse.Namespace) -> int:
    from kyodo import programmes

    return programmes.diff(chosen.old, chosen.new, chosen.language)


def _take_in_programme(chosen: argparse.Namespace) -> int:
    from kyodo import programmes

    return programmes.take_in(
        chosen.file, chosen.language, start=chosen.start, only_look=chosen.only_look, reason=chosen.reason
    )


def _list_programmes(chosen: argparse.Namespace) -> int:
    from kyodo import programmes

    return programmes.list_editions(chosen.language)


def _export_programme(chosen: argparse.Namespace) -> int:
    from kyodo import programmes

    return programmes.export(chosen.key)


def _told(problems: list[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
