#!/bin/sh
# Installed as .venv/bin/kyodo: Kyodo's command line, from any folder.
project=$(dirname "$(dirname "$(readlink -f "$0")")")
PYTHONPATH="$project${PYTHONPATH:+:$PYTHONPATH}" exec "$project/.venv/bin/python" -P -m kyodo "$@"
