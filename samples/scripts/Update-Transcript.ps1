<#
.SYNOPSIS
Transcribes the recordings of a folder that have no transcript yet; made for schedulers.
.DESCRIPTION
What has its transcript is left alone, so that the script may run
as often as you like. One run at a time: a second one ends at once. A recording that fails is tried again, then logged,
and the others go on. Everything is said in the log, one line a thing.

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

function Write-Log([string] $Level, [string] $Message) {
    $line = '{0:yyyy-MM-ddTHH:mm:sszzz} {1,-5} {2}' -f [DateTimeOffset]::Now, $Level, ($Message -replace '\s+', ' ')
    Write-Output $line
    [IO.File]::AppendAllText($script:log, $line + "`n")
}

# The recordings that lack a transcript.
function Find-Recording {
    Get-ChildItem -LiteralPath $Path -File | Where-Object {
        $_.Extension -in $Extension -and
        $_.LastWriteTime -lt [datetime]::Now.AddSeconds(-$SettleSeconds) -and
        -not (Test-Path -LiteralPath (Join-Path $OutputDirectory ($_.BaseName + '.' + $Format[0])))
    }
}

# Transcribes, says what became of each, and returns the recordings that failed.
function Invoke-Round([IO.FileInfo[]] $Recording, [Collections.Generic.List[IO.FileInfo]] $Failed) {
    foreach ($each in $Recording) {
        $problems = @()
        $transcript = $each | Invoke-CesarTranscription -OutputDirectory $OutputDirectory -Format $Format -ErrorVariable problems -ErrorAction SilentlyContinue
        if ($problems) {
            Write-Log ERROR "$($each.Name): $($problems[0].Exception.Message) [$($problems[0].FullyQualifiedErrorId)]"
            $Failed.Add($each)
        }
        else {
            Write-Log INFO "$($each.Name): $($transcript.Duration.ToString('hh\:mm\:ss')) of $($transcript.Language) in $($transcript.Elapsed.TotalSeconds.ToString('0.0')) s"
        }
    }
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
    Write-Log WARN 'Another run is at work; this one ends.'
    exit 75
}

try {
    Import-Module $Module
    $todo = @(Find-Recording)
    Write-Log INFO "$($todo.Count) recordings to transcribe in $Path"
    for ($attempt = 0; $todo.Count -gt 0 -and $attempt -le $RetryCount; $attempt++) {
        if ($attempt -gt 0) {
            Write-Log INFO "$($todo.Count) failed; again in $RetrySeconds s"
            Start-Sleep -Seconds $RetrySeconds
        }

        $failed = [Collections.Generic.List[IO.FileInfo]]::new()
        Invoke-Round $todo $failed
        $todo = @($failed)
    }

    Write-Log INFO "Done; $($todo.Count) failed"
    exit ($todo.Count -gt 0 ? 1 : 0)
}
catch {
    Write-Log FATAL "$_ [$($_.FullyQualifiedErrorId)]"
    exit 2
}
finally {
    $lock.Dispose()
}
