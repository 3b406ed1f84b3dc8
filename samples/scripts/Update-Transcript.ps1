<#
.SYNOPSIS
Transcribes the recordings of a folder that have no transcript yet; made for schedulers.
.DESCRIPTION
What has its transcript is left alone, so that the script may run
as often as you like. One run at a time: a second one ends at once. A recording that fails is tried again, then logged,
and the others go on; recordings that would have one transcript, such as talk.mp3 and talk.wav, are logged and left alone.
Everything is said in the log, one line a thing.

Exit codes: 0 all is done, 1 some recordings failed, 2 the task itself is wrong, 75 another run is at work.
.EXAMPLE
pwsh -NoProfile -NonInteractive -File Update-Transcript.ps1 -Path recordings -OutputDirectory texts
#>
[CmdletBinding()]
param(
    # The folder with the recordings.
    [Parameter(Mandatory)] [string] $Path,
    # Where transcripts go.
    [Parameter(Mandatory)] [string] $OutputDirectory,
    # The formats; the first one tells whether a recording is done.
    [string[]] $Format = @('txt', 'json'),
    # Where the log goes, one file a month; beside the transcripts where it is not given.
    [string] $LogDirectory = $OutputDirectory,
    # Recordings, by the ends of their names.
    [string[]] $Extension = @('.mp3', '.m4a', '.wav', '.flac', '.ogg', '.opus', '.mp4', '.mkv', '.mov', '.webm'),
    # A file that changed in these last seconds may still be on its way here: the next run takes it.
    [int] $SettleSeconds = 60,
    # How often a recording that fails is tried again in this run, and how long to wait before that.
    [int] $RetryCount = 1,
    [int] $RetrySeconds = 30,
    # The module; by its name where it is installed.
    [string] $Module = 'CesarPS'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Write-TaskLog([string] $Level, [string] $Message) {
    $line = '{0:yyyy-MM-ddTHH:mm:sszzz} {1,-5} {2}' -f [DateTimeOffset]::Now, $Level, ($Message -replace '\s+', ' ')
    # To the host of the task: what this script returns is its exit code alone.
    [Console]::Out.WriteLine($line)
    [IO.File]::AppendAllText($script:log, $line + "`n")
}

try {
    $null = New-Item -ItemType Directory -Force $OutputDirectory, $LogDirectory
    $script:log = Join-Path (Resolve-Path -LiteralPath $LogDirectory).ProviderPath ('transcripts-{0:yyyy-MM}.log' -f [datetime]::Now)
}
catch {
    [Console]::Error.WriteLine("Update-Transcript: $_")
    exit 2
}

try {
    # The lock ends with the process, however that ends.
    $lock = [IO.File]::Open((Join-Path (Resolve-Path -LiteralPath $OutputDirectory).ProviderPath '.transcripts.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
}
catch [IO.IOException] {
    Write-TaskLog WARN 'Another run is at work; this one ends.'
    exit 75
}

try {
    Import-Module $Module
    $recordings = @(Get-ChildItem -LiteralPath $Path -File | Where-Object Extension -In $Extension)
    # Those that would have one transcript are left alone: nobody could say whose it is.
    $shared = @(foreach ($group in $recordings | Group-Object BaseName -CaseSensitive:$IsLinux | Where-Object Count -GT 1) {
            $first, $others = $group.Group
            foreach ($other in $others) {
                Write-TaskLog ERROR "$($other.Name) shares its name with $($first.Name): rename one of them"
            }

            $group.Group.Name
        })
    # The recordings that lack a transcript.
    $todo = @($recordings | Where-Object {
            $_.Name -cnotin $shared -and
            $_.LastWriteTime -lt [datetime]::Now.AddSeconds(-$SettleSeconds) -and
            -not (Test-Path -LiteralPath (Join-Path $OutputDirectory ($_.BaseName + '.' + $Format[0])))
        })
    Write-TaskLog INFO "$($todo.Count) recordings to transcribe in $Path"
    for ($attempt = 0; $todo.Count -gt 0 -and $attempt -le $RetryCount; $attempt++) {
        if ($attempt -gt 0) {
            Write-TaskLog INFO "$($todo.Count) failed; again in $RetrySeconds s"
            Start-Sleep -Seconds $RetrySeconds
        }

        $todo = @(foreach ($recording in $todo) {
                $problems = @()
                $transcript = $recording | Invoke-CesarTranscription -OutputDirectory $OutputDirectory -Format $Format -ErrorVariable problems -ErrorAction SilentlyContinue
                if ($problems) {
                    Write-TaskLog ERROR "$($recording.Name): $($problems[0].Exception.Message) [$($problems[0].FullyQualifiedErrorId)]"
                    $recording
                }
                else {
                    Write-TaskLog INFO "$($recording.Name): $($transcript.Duration.ToString('hh\:mm\:ss')) of $($transcript.Language) in $($transcript.Elapsed.TotalSeconds.ToString('0.0')) s"
                }
            })
    }

    $failed = $todo.Count + $shared.Count
    Write-TaskLog INFO "Done; $failed failed"
    exit ($failed -gt 0 ? 1 : 0)
}
catch {
    Write-TaskLog FATAL "$_ [$($_.FullyQualifiedErrorId)]"
    exit 2
}
finally {
    $lock.Dispose()
}
