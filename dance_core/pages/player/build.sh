#!/usr/bin/env bash
# Bundles the player into assets/player/player.js. Needed only after a change in src/: the bundle is in
# the repository, and the app neither needs npm nor reaches the network.
#   bash dance_core/pages/player/build.sh
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
[ -x node_modules/.bin/esbuild ] || npm install --no-audit --no-fund
(cd "$root" && .venv/bin/python -m dance_core.pages.player.make_skeleton)
mkdir -p "$root/assets/player"
# the first line names the sources, so that a test can tell a stale bundle
stamp=$(cd src && find . -name '*.js' | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16)
node_modules/.bin/esbuild src/main.js --banner:js="/* three.js (MIT) and the player of dance_core; see LICENSES.txt; sources $stamp */" --bundle --minify --format=iife --target=es2022 \
  --legal-comments=none --charset=utf8 --outfile="$root/assets/player/player.js" "$@"
{
  echo "player.js is made by dance_core/pages/player/build.sh from dance_core/pages/player/src (this project,"
  echo "Apache-2.0) and from three.js $(node -p "require('./node_modules/three/package.json').version"), whose licence follows."
  echo
  cat node_modules/three/LICENSE
} > "$root/assets/player/LICENSES.txt"
