#!/usr/bin/env sh
# Builds, tests and tries CesarPS: ./build.sh --help. The work is done by build/, for this script and build.ps1 alike.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
if ! command -v dotnet >/dev/null 2>&1; then
    echo "build.sh: the .NET SDK 10 is needed and 'dotnet' is not on PATH. Install it as https://dot.net/download says (package dotnet-sdk-10.0), then run this again." >&2
    exit 1
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
exec dotnet run --project "$here/build" -- "$@"
