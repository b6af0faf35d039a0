#!/usr/bin/env bash
# Publishes a site from a server or a timer: takes the newest content, publishes it, and keeps the
# ledger of addresses in version control.
#
#   publish.sh FOLDER TARGET        crontab: 17 4 * * *  /srv/publish.sh /srv/talks live
#
# Needs git and site-builder on the PATH, and a clone that can pull and push without a question.
set -euo pipefail

if [ "$#" -ne 2 ]; then
  echo "usage: publish.sh FOLDER TARGET" >&2
  exit 2
fi
cd "$1"
target=$2

git pull --quiet --ff-only
site-builder check
site-builder publish "$target"

if [ -n "$(git status --porcelain -- addresses.txt)" ]; then
  git add addresses.txt
  git commit --quiet --message "Note the addresses that were published"
  git push --quiet
fi
