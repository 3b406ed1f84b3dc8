<#
.SYNOPSIS
Measures what the module costs in a session: its import beside that of an empty binary module, and the time to the first
object for a recording that is in the cache.
.DESCRIPTION
Needs a staged module (./build.sh stage). Imports are measured in fresh PowerShell processes that take turns, so that a busy
moment of the machine meets both. Prints one table as Markdown; exits with 1 where a limit is missed.
.EXAMPLE
pwsh -NoProfile -File bench/Measure-Module.ps1 -Round 20
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000)] [int] $Round = 15
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$version = (Import-PowerShellDataFile (Join-Path $root 'CesarPS.psd1')).ModuleVersion
$module = Join-Path $root "out/CesarPS/$version/CesarPS.psd1"
$shell = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "cesar-measure-$([guid]::NewGuid())")).FullName

function Measure-Import([string] $Manifest) {
    [double](& $shell -NoProfile -NonInteractive -Command "`$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$Manifest'; `$watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)")
}

function Get-Median([double[]] $Value) {
    $sorted = $Value | Sort-Object
    $sorted[[math]::Floor($sorted.Count / 2)]
}

try {
    $empty = Join-Path $folder 'Empty.psd1'
    Add-Type -OutputAssembly (Join-Path $folder 'Empty.dll') -TypeDefinition @'
using System.Management.Automation;
[Cmdlet("Get", "Nothing")]
public sealed class GetNothingCommand : PSCmdlet { }
'@
    New-ModuleManifest $empty -RootModule 'Empty.dll' -CmdletsToExport 'Get-Nothing'

    # One of each that is not counted: the disk's cache is warm then.
    $null = (Measure-Import $empty), (Measure-Import $module)
    $empties = @()
    $ours = @()
    foreach ($number in 1..$Round) {
        $empties += Measure-Import $empty
        $ours += Measure-Import $module
    }

    Import-Module $module
    $env:CESAR_CACHE_DIR = Join-Path $folder 'cache'
    $recording = Join-Path $folder 'conversation.mp3'
    Copy-Item (Join-Path $root 'samples/conversation.mp3') $recording
    # A file that changed within two seconds is hashed at every call.
    (Get-Item $recording).LastWriteTime = [datetime]::Now.AddMinutes(-1)
    # The second call knows the file by its times, which the first found too new.
    $null = Invoke-CesarTranscription $recording -BeamSize 1
    $null = Invoke-CesarTranscription $recording -BeamSize 1
    $firsts = foreach ($number in 0..$Round) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $transcript = Invoke-CesarTranscription $recording -BeamSize 1 | Select-Object -First 1
        $watch.Elapsed.TotalMilliseconds
        if ($transcript.Stages.Outcome -contains 'Miss') {
            throw 'The recording was not in the cache.'
        }
    }

    $ratio = (Get-Median $ours) / (Get-Median $empties)
    $first = Get-Median ($firsts | Select-Object -Skip 1)
    "| module, medians of $Round | measured | at most |"
    "| --- | ---: | ---: |"
    "| import of an empty binary module | {0:0} ms | |" -f (Get-Median $empties)
    "| import of CesarPS | {0:0} ms | |" -f (Get-Median $ours)
    "| ratio | {0:0.00} | 3 |" -f $ratio
    "| cached recording, to the first object | {0:0.0} ms | 50 ms |" -f $first
    exit ($ratio -gt 3 -or $first -gt 50 ? 1 : 0)
}
finally {
    Remove-Module CesarPS -ErrorAction Ignore
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
