# The module as it was built into out/, in this PowerShell. `./build.sh test` runs this; so does Invoke-Pester after `./build.sh stage`.
BeforeDiscovery {
    $script:onUnix = -not $IsWindows
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest) -Force
    Use-TestCache
    $script:sample = Join-Path (Get-RepositoryRoot) 'samples/conversation.mp3'
    # Most of these tests are about the cmdlet, not about what it hears: a few words, greedy, with no language to detect.
    $script:clip = Join-Path $TestDrive 'clip.wav'
    ffmpeg -v error -nostdin -i $sample -t 3 -ac 1 -ar 16000 $clip
    $script:quick = @{ Language = 'en'; BeamSize = 1 }
    $script:ids = 'CesarPS.Commands.InvokeCesarTranscriptionCommand'

    function Copy-Clip([string[]] $Name) {
        foreach ($each in $Name) {
            $target = Join-Path $TestDrive $each
            $null = New-Item -ItemType Directory -Force (Split-Path $target)
            [IO.File]::Copy($clip, $target, $true)
            $target
        }
    }

    function Write-TextFile([string] $Name) {
        $target = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($target, 'Not a recording at all.')
        $target
    }
}

AfterAll {
    Remove-Module CesarPS -ErrorAction Ignore
}

Describe 'What comes out' {
    BeforeAll {
        $script:transcript = Invoke-CesarTranscription $sample -End 00:00:06 -WordTimestamp
    }

    It 'is one CesarPS.Transcript, which a script can name' {
        $transcript | Should -HaveCount 1
        $transcript | Should -BeOfType ([CesarPS.Transcript])
    }

    It 'holds what was said, and is that text as a string' {
        $transcript.Text | Should -Match '\w+ \w+ \w+'
        "$transcript" | Should -Be $transcript.Text
    }

    It 'has typed segments in order on the clock of the recording' {
        $transcript.Segments.Count | Should -BeGreaterThan 0
        $transcript.Segments | ForEach-Object { $_ | Should -BeOfType ([CesarPS.Segment]) }
        $transcript.Segments[0].Start | Should -BeOfType ([timespan])
        $transcript.Segments[-1].End | Should -BeLessOrEqual ([timespan]::FromSeconds(6.1))
    }

    It 'has words with times when asked for them' {
        @($transcript.Words).Count | Should -BeGreaterThan 3
        $transcript.Words | Select-Object -First 1 | Should -BeOfType ([CesarPS.Word])
    }

    It 'tells the detected language and how sure that is' {
        $transcript.Language | Should -Be 'en'
        $transcript.LanguageProbability | Should -BeGreaterThan 0.5
    }

    It 'tells how much was read, by which model, and what each stage took' {
        $transcript.Duration | Should -Be ([timespan]::FromSeconds(6))
        $transcript.Model.Name | Should -Be 'base'
        $transcript.Stages.Stage | Should -Be 'acquire', 'transcode', 'transcribe'
        $transcript.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'is shown as a table with the name of the file and the text' {
        $shown = $transcript | Out-String -Width 200
        $shown | Should -Match 'Source\s+Duration\s+Language\s+Text'
        $shown | Should -Match 'conversation\.mp3\s+0:00:06\s+en\s+\w+'
    }

    It 'is shown as a list on request' {
        $transcript | Format-List | Out-String | Should -Match 'Segments\s+: [1-9]'
    }

    It 'has segments that are shown with their times' {
        $transcript.Segments | Out-String | Should -Match '00:00:0\d\.\d{3}\s+00:00:0\d\.\d{3}\s+\w+'
    }
}

Describe 'Options' {
    It 'reads the part between -Start and -End, on the clock of the whole recording' {
        $transcript = Invoke-CesarTranscription $sample -Start 00:00:08 -End 00:00:16 -BeamSize 1
        $transcript.Duration | Should -Be ([timespan]::FromSeconds(8))
        $transcript.Segments[0].Start | Should -BeGreaterOrEqual ([timespan]::FromSeconds(8))
    }

    It 'takes the number <given> (<given.GetType().Name>) for seconds' -ForEach @(@{ given = 2 }, @{ given = 1.5 }, @{ given = '2' }) {
        (Invoke-CesarTranscription $sample -MaximumDuration $given @quick).Duration | Should -Be ([timespan]::FromSeconds($given))
    }

    It 'takes the language by name, and detects none then' {
        $transcript = Invoke-CesarTranscription $sample -Language English -End 3 -BeamSize 1
        $transcript.Language | Should -Be 'en'
        $transcript.LanguageProbability | Should -BeNullOrEmpty
    }

    It 'translates with -Translate, and says so in the transcript' {
        (Invoke-CesarTranscription $clip -Translate @quick).Task | Should -Be ([CesarPS.TranscriptionTask]::Translate)
    }

    It 'gives the same text on one worker and on two' {
        $one = Invoke-CesarTranscription $sample -End 12 -WorkerCount 1 @quick
        $two = Invoke-CesarTranscription $sample -End 12 -WorkerCount 2 -ThreadCount 1 @quick
        $two.Text | Should -Be $one.Text
    }

    It 'takes a prompt and a vocabulary' {
        (Invoke-CesarTranscription $clip -Prompt 'A chat.' -Vocabulary 'CesarPS', 'whisper' @quick).Text | Should -Not -BeNullOrEmpty
    }

    It 'finds the file of a model from the current location, not from the working directory of the process' {
        Push-Location (Join-Path (Get-RepositoryRoot) 'models')
        try {
            (Invoke-CesarTranscription $clip -Model ./ggml-base-q8_0.bin @quick).Model.Name | Should -Be 'ggml-base-q8_0.bin'
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses <name> <value> before anything is done' -ForEach @(
        @{ name = 'BeamSize'; value = 9; id = 'ParameterArgumentValidationError' }
        @{ name = 'WorkerCount'; value = 0; id = 'ParameterArgumentValidationError' }
        @{ name = 'ThreadCount'; value = 65; id = 'ParameterArgumentValidationError' }
        @{ name = 'AudioTrack'; value = 0; id = 'ParameterArgumentValidationError' }
        @{ name = 'End'; value = 'soon'; id = 'CannotConvertArgumentNoMessage' }
    ) {
        $options = @{ $name = $value }
        { Invoke-CesarTranscription $sample @options } | Should -Throw -ErrorId "$id,$ids"
    }
}

Describe 'Paths' {
    It 'takes wildcards, and folders that match are left out' {
        $null = Copy-Clip 'wild/a.wav', 'wild/b.wav', 'wild/folder.wav/c.txt'
        $found = Invoke-CesarTranscription (Join-Path $TestDrive 'wild/*.wav') @quick -ErrorVariable problems
        $found.Source | Split-Path -Leaf | Should -Be 'a.wav', 'b.wav'
        $problems | Should -BeNullOrEmpty
    }

    It 'warns where a wildcard matches nothing' {
        Invoke-CesarTranscription (Join-Path $TestDrive 'none-*.wav') -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -Match 'No file matches .*none-\*\.wav'
    }

    It 'takes a name with [1] as it is with -LiteralPath' {
        $file = Copy-Clip 'take [1].wav'
        (Invoke-CesarTranscription -LiteralPath $file @quick).Source | Should -Be $file
    }

    It 'takes files from Get-ChildItem, those with [1] in the name too' {
        $null = Copy-Clip 'listed/one [1].wav', 'listed/two.wav'
        (Get-ChildItem (Join-Path $TestDrive 'listed') | Invoke-CesarTranscription @quick).Source | Split-Path -Leaf |
            Should -Be 'one [1].wav', 'two.wav'
    }

    It 'takes strings from the pipeline' {
        ($clip, $clip | Invoke-CesarTranscription @quick).Source | Should -Be $clip, $clip
    }

    It 'takes objects with a property FullName or Path' {
        $objects = [pscustomobject]@{ FullName = $clip }, [pscustomobject]@{ Path = $clip }
        ($objects | Invoke-CesarTranscription @quick).Source | Should -Be $clip, $clip
    }

    It 'goes by the current location for a relative path' {
        $file = Copy-Clip 'here/rel.wav'
        Push-Location (Split-Path $file)
        try {
            (Invoke-CesarTranscription rel.wav @quick).Source | Should -Be $file
            (Invoke-CesarTranscription -LiteralPath ./rel.wav @quick).Source | Should -Be $file
        }
        finally {
            Pop-Location
        }
    }

    It 'takes a path on a drive of PowerShell' {
        $file = Copy-Clip 'drive.wav'
        (Invoke-CesarTranscription TestDrive:/drive.wav @quick).Source | Should -Be $file
    }

    It 'refuses <path>, which is no file, with an error of its own' -ForEach @(
        @{ path = 'Env:/PATH' }, @{ path = 'Variable:/HOME' }, @{ path = 'Function:/*' }
    ) {
        Invoke-CesarTranscription $path -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "PathNotFile,$ids"
        $problems[0].TargetObject | Should -Be $path
        $problems[0].Exception.Message | Should -Match 'provider (Environment|Variable|Function)'
    }

    It 'says that a drive does not exist, and goes on' {
        $found = Invoke-CesarTranscription 'nosuch:/a.wav', $clip @quick -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "DriveNotFound,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Errors' {
    It 'are one for a bad file in the middle, and the others are done' {
        $good = Copy-Clip 'first.wav', 'last.wav'
        $bad = Write-TextFile 'bad.wav'
        $found = $good[0], $bad, $good[1] | Invoke-CesarTranscription @quick -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Source | Should -Be $good
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "InputNotMedia,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -Be $bad
    }

    It 'name a file that is not there, by <parameter>' -ForEach @(@{ parameter = 'Path' }, @{ parameter = 'LiteralPath' }) {
        $missing = Join-Path $TestDrive 'missing.wav'
        $arguments = @{ $parameter = $missing }
        Invoke-CesarTranscription @arguments -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "InputNotFound,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be $missing
    }

    It 'set $? without ending the script' {
        $after = & { Invoke-CesarTranscription (Join-Path $TestDrive 'missing.wav') -ErrorAction SilentlyContinue; $? }
        $after | Should -BeFalse
    }

    It 'end the command with -ErrorAction Stop, and can be caught by their exception' {
        $bad = Write-TextFile 'stop.wav'
        $found = @()
        try {
            $bad, $clip | Invoke-CesarTranscription @quick -ErrorAction Stop -OutVariable found
            throw 'Nothing was thrown.'
        }
        catch [CesarPS.Engine.CesarException] {
            $_.Exception.ErrorId | Should -Be 'InputNotMedia'
        }

        $found | Should -BeNullOrEmpty
    }

    It 'end the command for an unknown model, with the nearest name' {
        { Invoke-CesarTranscription $clip -Model smal } | Should -Throw -ErrorId "ModelUnknown,$ids" -ExpectedMessage "*Did you mean 'small'?*"
    }

    It 'end the command for the file of a model that is not there, even with -ErrorAction SilentlyContinue' {
        { Invoke-CesarTranscription $clip -Model ./none.bin -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "ModelNotFound,$ids"
    }

    It 'end the command for an unknown language, before its first file' {
        { Invoke-CesarTranscription (Join-Path $TestDrive 'missing.wav') -Language Klingon } | Should -Throw -ErrorId "LanguageUnknown,$ids"
    }

    It 'end the command where the end is before the start, as an invalid argument' {
        $problem = { Invoke-CesarTranscription $clip -Start 10 -End 5 } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike "*,$ids"
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'leave a file without read permission to a reading error' -Skip:(-not $onUnix -or (id -u) -eq '0') {
        $file = Copy-Clip 'secret.wav'
        chmod 000 $file
        Invoke-CesarTranscription $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ReadError'
    }
}

Describe 'Streams' {
    It 'give the first transcript before the second recording is begun' {
        $file = Copy-Clip 'now.wav'
        # The second recording is made by what receives the first transcript.
        $late = Join-Path $TestDrive 'late.wav'
        Invoke-CesarTranscription -LiteralPath $file, $late @quick -ErrorAction Stop |
            ForEach-Object { [IO.File]::Copy($clip, $late, $true); $_.Source } | Should -Be $file, $late
    }

    It 'end with Select-Object -First 1: what follows is never looked at' {
        $bad = Write-TextFile 'never.wav'
        $clip, $bad | Invoke-CesarTranscription @quick -ErrorVariable problems -ErrorAction SilentlyContinue |
            Select-Object -First 1 | Should -HaveCount 1
        $problems | Should -BeNullOrEmpty
    }

    It 'tell stage timings with -Verbose, and nothing without' {
        $said = Invoke-CesarTranscription $clip @quick -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said[-1].Message | Should -Match 'clip\.wav: acquire \d+\.\d\d s, transcode \d+\.\d\d s, transcribe \d+\.\d\d s'
        Invoke-CesarTranscription $clip @quick *>&1 | Should -BeOfType ([CesarPS.Transcript])
    }

    It 'warn of a recording that is cut off, and transcribe what is there' {
        $cut = Join-Path $TestDrive 'cut.wav'
        $bytes = [IO.File]::ReadAllBytes($clip)
        [IO.File]::WriteAllBytes($cut, $bytes[0..([int]($bytes.Length * 0.75))])
        $transcript = Invoke-CesarTranscription $cut @quick -WarningVariable warnings -WarningAction SilentlyContinue
        $transcript.Text | Should -Not -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match 'cut\.wav is cut off'
        { Invoke-CesarTranscription $cut @quick -WarningAction Stop } | Should -Throw -ErrorId "ActionPreferenceStop,$ids"
    }
}

Describe 'Progress' {
    BeforeAll {
        function Get-Progress([string] $Preference, [string] $Path) {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                        param($manifest, $file, $preference)
                        Import-Module $manifest
                        $ProgressPreference = $preference
                        Invoke-CesarTranscription $file -End 6 -Language en -BeamSize 1 -ErrorAction SilentlyContinue
                    }).AddArgument((Get-BuiltManifest)).AddArgument($Path).AddArgument($Preference)
                $null = $shell.Invoke()
                $shell.Streams.Progress.ReadAll() | Where-Object Activity -EQ 'Transcribing'
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    It 'names the file and the stage, and is taken away at the end' {
        $records = Get-Progress Continue $sample
        $records.Count | Should -BeGreaterThan 2
        $records[0].StatusDescription | Should -Be 'conversation.mp3'
        $records.CurrentOperation | Should -Contain 'transcribe 00:00:00 of 00:00:06'
        $records[-1].RecordType | Should -Be 'Completed'
        @($records | Where-Object RecordType -EQ 'Completed') | Should -HaveCount 1
        $records.ActivityId | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'is taken away after an error, too' {
        (Get-Progress Continue (Write-TextFile 'progress.mp3'))[-1].RecordType | Should -Be 'Completed'
    }

    It 'is silent when $ProgressPreference says so' {
        Get-Progress SilentlyContinue $sample | Should -BeNullOrEmpty
    }
}

Describe 'The cache' {
    BeforeEach {
        Use-TestCache
    }

    It 'has every stage the second time, and says so with -Verbose' {
        $first = Invoke-CesarTranscription $clip @quick
        $second = Invoke-CesarTranscription $clip @quick -Verbose 4>&1
        $first.Stages[1, 2].Outcome | Should -Be 'Miss', 'Miss'
        $second[-1].Stages[1, 2].Outcome | Should -Be 'Hit', 'Hit'
        $second[-1].Text | Should -Be $first.Text
        $second.Message | Should -Contain ($second.Message -match '^\[CACHE HIT\] local_file:[0-9a-f]{8}. transcribe \(')[0]
    }

    It 'is not read with -NoCache' {
        $null = Invoke-CesarTranscription $clip @quick
        (Invoke-CesarTranscription $clip @quick -NoCache).Stages.Outcome | Should -Be 'Bypassed', 'Bypassed', 'Bypassed'
    }

    It 'is looked through again with -Refresh, and only what changed is worked out' {
        $null = Invoke-CesarTranscription $clip @quick
        (Invoke-CesarTranscription $clip @quick -Refresh).Stages.Outcome | Should -Be 'Refreshed', 'Hit', 'Hit'
    }

    It 'keeps converted audio with -KeepAudio alone' {
        $mp3 = Join-Path $TestDrive 'kept.mp3'
        ffmpeg -v error -nostdin -y -i $clip $mp3
        $null = Invoke-CesarTranscription $mp3 @quick
        Get-ChildItem -Recurse -File (Join-Path $env:CESAR_CACHE_DIR 'v1/cas') | Should -HaveCount 0
        $null = Invoke-CesarTranscription $mp3 @quick -NoCache -KeepAudio
        Get-ChildItem -Recurse -File (Join-Path $env:CESAR_CACHE_DIR 'v1/cas') | Should -HaveCount 1
    }
}

Describe 'A stopped pipeline' {
    It 'ends within a second and a half, and leaves no program behind' -Skip:(-not $onUnix) {
        $long = Join-Path $TestDrive 'long.mp3'
        ffmpeg -v error -nostdin -stream_loop 200 -i $sample -c copy $long
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest, $file) Import-Module $manifest; Invoke-CesarTranscription $file').
                AddArgument((Get-BuiltManifest)).AddArgument($long)
            $running = $shell.BeginInvoke()
            # Mid-way through converting.
            while ($shell.Streams.Progress.Count -lt 3 -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 5 }
            Get-ChildProcess | Should -Contain 'ffmpeg'

            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 1.5
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            Get-ChildProcess | Should -Not -Contain 'ffmpeg'
        }
        finally {
            $shell.Dispose()
        }
    }
}
