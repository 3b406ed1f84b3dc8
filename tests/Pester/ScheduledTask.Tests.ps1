# The scripts that docs/scheduled-tasks.md gives to schedulers, run as a scheduler runs them: in a process of their own, without a profile.
BeforeDiscovery {
    $script:onUnix = -not $IsWindows
    $script:hasFlock = -not $IsWindows -and [bool](Get-Command flock -ErrorAction Ignore)
    $script:console = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'out/cesar/cesar'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    $script:manifest = Get-BuiltManifest
    $script:scripts = Join-Path (Get-RepositoryRoot) 'samples/scripts'
    Use-TestCache
    $script:clip = Copy-Clip

    # A folder as it is at night: a recording, one that is none, one that is still being copied, and something else.
    function Initialize-Night([string] $Name, [switch] $Sound) {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive "$Name/recordings")).FullName
        Copy-Item $clip (Join-Path $folder 'talk [1].wav')
        'Nothing to hear.' | Set-Content (Join-Path $folder 'notes.txt')
        if (-not $Sound) {
            'Not a recording at all.' | Set-Content (Join-Path $folder 'broken.mp3')
        }

        Get-ChildItem -LiteralPath $folder | ForEach-Object { $_.LastWriteTime = [datetime]::Now.AddMinutes(-10) }
        Copy-Item $clip (Join-Path $folder 'arriving.wav')
        # Still arriving, however long the test takes.
        (Get-Item (Join-Path $folder 'arriving.wav')).LastWriteTime = [datetime]::Now.AddHours(1)
        Split-Path $folder
    }

    # Two recordings that would have one transcript.
    function Add-SharedName([string] $Night) {
        foreach ($name in 'call.mp3', 'call.wav') {
            $file = Join-Path $Night "recordings/$name"
            Copy-Item $clip $file
            (Get-Item $file).LastWriteTime = [datetime]::Now.AddMinutes(-10)
        }
    }

    function Invoke-Task([string] $Night) {
        $shell = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source
        $said = & $shell -NoProfile -NonInteractive -File (Join-Path $scripts 'Update-Transcript.ps1') -Path (Join-Path $Night 'recordings') `
            -OutputDirectory (Join-Path $Night 'texts') -RetrySeconds 0 -Module $manifest 2>&1 | Out-String
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Said = $said }
    }

    function Invoke-ConsoleTask([string] $Night) {
        $env:CESAR = Join-Path (Get-RepositoryRoot) 'out/cesar/cesar'
        $null = & sh (Join-Path $scripts 'update-transcripts.sh') (Join-Path $Night 'recordings') (Join-Path $Night 'texts')
        $LASTEXITCODE
    }

    function Get-Text([string] $Night) {
        @(Get-ChildItem (Join-Path $Night 'texts') -Filter *.txt).Name
    }
}

Describe 'Update-Transcript.ps1' {
    It 'transcribes what is there, tries again what fails, says so, and ends with 1' {
        $night = Initialize-Night 'failing'
        $task = Invoke-Task $night
        $task.ExitCode | Should -Be 1
        Get-Text $night | Should -Be 'talk [1].txt'
        $log = Get-Content (Join-Path $night 'texts/transcripts-*.log')
        @($log -match ' ERROR broken\.mp3: .*\[InputNotMedia,') | Should -HaveCount 2
        @($log -match ' INFO  talk \[1\]\.wav: 00:00:03 of en in ') | Should -HaveCount 1
        $log[-1] | Should -BeLike '* INFO  Done; 1 failed'
    }

    It 'ends with 0 where all is done, and does nothing the next time' {
        $night = Initialize-Night 'good' -Sound
        (Invoke-Task $night).ExitCode | Should -Be 0
        $again = Invoke-Task $night
        $again.ExitCode | Should -Be 0
        $again.Said | Should -BeLike '* 0 recordings to transcribe in *'
    }

    It 'leaves alone two recordings that would have one transcript, says so, and goes on with the others' {
        $night = Initialize-Night 'shared' -Sound
        Add-SharedName $night
        $task = Invoke-Task $night
        $task.ExitCode | Should -Be 1
        Get-Text $night | Should -Be 'talk [1].txt'
        $log = Get-Content (Join-Path $night 'texts/transcripts-*.log')
        @($log -match ' ERROR call\.wav shares its name with call\.mp3: rename one of them$') | Should -HaveCount 1
        $log[-1] | Should -BeLike '* INFO  Done; 2 failed'
    }

    It 'leaves a folder to the run that is at work, and ends with 75' {
        $night = Initialize-Night 'busy'
        $texts = New-Item -ItemType Directory (Join-Path $night 'texts')
        $lock = [IO.File]::Open((Join-Path $texts '.transcripts.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            $task = Invoke-Task $night
        }
        finally {
            $lock.Dispose()
        }

        $task.ExitCode | Should -Be 75
        $task.Said | Should -BeLike '*Another run is at work*'
        Get-Text $night | Should -BeNullOrEmpty
    }

    It 'ends with 2 where the folder is not there' {
        $task = Invoke-Task (Join-Path $TestDrive 'nowhere')
        $task.ExitCode | Should -Be 2
        $task.Said | Should -Match ' FATAL '
    }
}

Describe 'update-transcripts.sh' -Skip:(-not $hasFlock -or -not (Test-Path $console)) {
    It 'transcribes what is there, logs what fails, and ends with 1' {
        $night = Initialize-Night 'sh-failing'
        Invoke-ConsoleTask $night | Should -Be 1
        Get-Text $night | Should -Be 'talk [1].txt'
        $events = Get-Content (Join-Path $night 'texts/cesar-*.log') | ConvertFrom-Json
        ($events | Where-Object event -EQ failed).errorId | Should -Be 'InputNotMedia'
        ($events | Where-Object event -EQ summary).done | Should -Be 1
    }

    It 'ends with 0 where nothing is left to do' {
        $night = Initialize-Night 'sh-good' -Sound
        Invoke-ConsoleTask $night | Should -Be 0
        Invoke-ConsoleTask $night | Should -Be 0
        Get-Content (Join-Path $night 'texts/cesar-*.log') -Tail 1 | Should -BeLike '*nothing to transcribe'
    }

    It 'leaves alone two recordings that would have one transcript, says so, and goes on with the others' {
        $night = Initialize-Night 'sh-shared' -Sound
        Add-SharedName $night
        Invoke-ConsoleTask $night | Should -Be 1
        Get-Text $night | Should -Be 'talk [1].txt'
        @(Get-Content (Join-Path $night 'texts/cesar-*.log')) -match 'call\.wav shares its name with call\.mp3: rename one of them$' | Should -HaveCount 1
        # The same again where all else is done.
        Invoke-ConsoleTask $night | Should -Be 1
    }

    It 'leaves a folder to the run that is at work, and ends with 75' {
        $night = Initialize-Night 'sh-busy'
        $texts = New-Item -ItemType Directory (Join-Path $night 'texts')
        $holder = Start-Process flock -ArgumentList (Join-Path $texts '.transcripts.lock'), 'sleep', '60' -PassThru
        try {
            # Until the lock is held.
            do { Start-Sleep -Milliseconds 20; flock -n (Join-Path $texts '.transcripts.lock') true } while ($LASTEXITCODE -eq 0)
            Invoke-ConsoleTask $night | Should -Be 75
        }
        finally {
            $holder.Kill($true)
        }

        Get-Text $night | Should -BeNullOrEmpty
    }
}

Describe 'update-transcripts.sh without flock' -Skip:(-not $onUnix) {
    It 'says how to install it, and ends with 2' {
        $night = Initialize-Night 'sh-bare'
        $path = $env:PATH
        $shell = (Get-Command sh -CommandType Application | Select-Object -First 1).Source
        try {
            $env:PATH = $TestDrive
            $said = & $shell (Join-Path $scripts 'update-transcripts.sh') (Join-Path $night 'recordings') (Join-Path $night 'texts') 2>&1 | Out-String
        }
        finally {
            $env:PATH = $path
        }

        $LASTEXITCODE | Should -Be 2
        $said | Should -Match 'brew install flock'
        Join-Path $night 'texts' | Should -Not -Exist
    }
}
