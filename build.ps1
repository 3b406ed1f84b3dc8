#!/usr/bin/env pwsh
# Builds, tests and tries CesarPS: ./build.ps1 --help. The work is done by build/, for this script and build.sh alike.
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Write-Error "The .NET SDK 10 is needed and 'dotnet' is not on PATH. Install it as https://dot.net/download says (winget install Microsoft.DotNet.SDK.10), then run this again."
    exit 1
}
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
& dotnet run --project (Join-Path $PSScriptRoot 'build') -- @args
exit $LASTEXITCODE
