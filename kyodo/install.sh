#!/bin/sh
# Installs what is missing and says what it does. What cannot be had is named, and the rest goes on.
# Usage: sh kyodo/install.sh tools|run|test
set -eu
export LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1
cd "$(dirname "$0")/.."
purpose=$1

engine_packages="wkhtmltopdf fontconfig fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho fonts-ipafont
  fonts-ipamj-mincho libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
browser_packages="chromium"
checking_packages="poppler-utils openssl"  # tests read PDF files back and meet mail servers with certificates

say() { echo "kyodo   | $*"; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

may_install() {
  have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# System packages, as many of them as there are; never an error.
install_packages() {
  missing=""
  for package in "$@"; do
    have dpkg-query && is_installed "$package" || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if ! may_install; then
    say "These system packages are missing and cannot be installed from here:$missing"
    say "With apt and the rights for it: sudo apt-get install$missing"
    return 0
  fi
  say "Installing system packages:$missing"
  as_root apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30 update || say "apt-get update did not succeed."
  # shellcheck disable=SC2086 (a list of words)
  apt_install $missing && return 0
  for package in $missing; do
    apt_install "$package" || say "$package is not to be had on this system; going on without it."
  done
}

apt_install() {
  as_root apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 install "$@" >.apt.log 2>&1 &&
    rm -f .apt.log || { tail -n 3 .apt.log; rm -f .apt.log; return 1; }
}

# A Python that is new enough, or nothing.
find_python() {
  for candidate in python3 python3.13 python3.12 python3.11; do
    if have "$candidate" && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return 0
    fi
  done
}

make_environment() {
  if [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null; then
    return 0
  fi
  python=$(find_python)
  if [ -z "$python" ]; then
    install_packages python3 python3-venv
    python=$(find_python)
  fi
  if [ -z "$python" ]; then
    say "Kyodo needs Python 3.11 or newer, and this system has none. Install it and try again." >&2
    exit 1
  fi
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    install_packages "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  fi
  say "Making a Python environment in .venv"
  "$python" -m venv --clear .venv
}

install_libraries() {
  say "Installing the Python libraries of requirements.lock into .venv (once; this takes a minute or two)"
  if have uv && uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock 2>/dev/null; then
    return 0
  fi
  .venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
}

browser_found() { have chromium || have google-chrome; }

report_missing() {
  have wkhtmltopdf || say "wkhtmltopdf is missing: documents are made with WeasyPrint, the second engine."
  if ! have fc-list || ! fc-list : family | grep -q 'BIZ UD'; then
    say "The BIZ UD fonts are missing: Japanese in PDF documents may look wrong or not be searchable."
  fi
  if [ "$purpose" = test ] && ! browser_found; then
    say "chromium is missing: the browser tests use the one that Playwright brings."
  fi
}

stamp=.venv/installed-for-$purpose
wanted=$(cat requirements.lock kyodo/install.sh | sha256sum)
if [ ! -x .venv/bin/python ] || [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  make_environment
  libraries=$(sha256sum <requirements.lock)
  if [ "$(cat .venv/installed-libraries 2>/dev/null)" != "$libraries" ]; then
    install_libraries
    echo "$libraries" >.venv/installed-libraries
  fi
  ln -sf ../../kyodo/command.sh .venv/bin/kyodo
  # shellcheck disable=SC2086 (lists of words)
  case $purpose in
    run) install_packages $engine_packages ;;
    test)
      install_packages $engine_packages $browser_packages $checking_packages
      browser_found || .venv/bin/python -m playwright install --with-deps chromium || true
      ;;
  esac
  echo "$wanted" >"$stamp"
fi
[ "$purpose" = tools ] || report_missing
