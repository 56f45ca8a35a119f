#!/bin/sh
# Bundles src into dist. Run `npm ci` in this folder first; the Go tool esbuild
# is pinned in go.mod. Pass another folder to compare its contents with dist.
set -eu
cd "$(dirname "$0")"
out=${1:-dist}
go tool esbuild src/app.js src/live-worker.js src/app.css \
  --bundle --minify --target=chrome123,firefox120,safari17.5 --format=iife \
  --legal-comments=none --log-level=warning --outdir="$out"
cp src/icon.svg "$out/"
