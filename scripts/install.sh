#!/usr/bin/env bash
# Installs a built kairos with its manual pages and shell completions below $DESTDIR$PREFIX.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: [DESTDIR=…] [PREFIX=…] install.sh KAIROS" >&2; exit 64; }
kairos=$1
prefix=${DESTDIR:-}${PREFIX:-/usr/local}
cd "$(dirname "$0")/.."

# Strips where there is a tool for it; a binary with its symbols works as well.
install -d "$prefix/bin"
install -s -m 755 "$kairos" "$prefix/bin/kairos" 2>/dev/null \
  || install -m 755 "$kairos" "$prefix/bin/kairos"

# The day of the newest change, so that the same commit gives the same pages.
day=$(git log -1 --format=%cs 2>/dev/null || date -u +%F)
"$kairos" manual --out "$prefix/share/man/man1" --date "$day" >/dev/null

completion() { # SHELL FOLDER FILE
  install -d "$prefix/share/$2"
  "$kairos" --generate-completion-script "$1" > "$prefix/share/$2/$3"
  chmod 644 "$prefix/share/$2/$3"
}
completion bash bash-completion/completions kairos
completion zsh zsh/site-functions _kairos
completion fish fish/vendor_completions.d kairos.fish

echo "installed $prefix/bin/kairos, manual pages and completions"
