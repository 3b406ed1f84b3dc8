# Where the module under test is, for the test files that dot-source this.

function Get-RepositoryRoot {
    Split-Path (Split-Path $PSScriptRoot)
}

# The manifest that ./build.sh stage wrote; a test never falls back to anything else.
function Get-BuiltManifest {
    $version = (Import-PowerShellDataFile (Join-Path (Get-RepositoryRoot) 'CesarPS.psd1')).ModuleVersion
    $manifest = Join-Path (Get-RepositoryRoot) "out/CesarPS/$version/CesarPS.psd1"
    if (-not (Test-Path $manifest)) {
        throw 'The module is not built. Run ./build.sh stage first.'
    }

    $manifest
}

# A cache for this run alone: neither does the user's own make a test pass, nor does a test fill it.
function Use-TestCache {
    $env:CESAR_CACHE_DIR = Join-Path $TestDrive "cache $([guid]::NewGuid())"
}

# A PowerShell of its own, without a profile: what it writes, as one string.
function Invoke-InNewPowerShell([string] $Script) {
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $Script 2>&1 | Out-String
}

# The names of the processes that this one started and that still live.
function Get-ChildProcess {
    @(Get-Process | Where-Object { $_.Parent.Id -eq $PID }).ProcessName
}
