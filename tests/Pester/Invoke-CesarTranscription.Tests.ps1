# The cmdlet and its options. `./build.sh test` runs this; so does Invoke-Pester after `./build.sh stage`.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    Use-TestConfiguration
    $script:sample = Get-SampleRecording
    $script:clip = Copy-Clip
    $script:quick = @{ Language = 'en'; BeamSize = 1 }
    $script:ids = 'CesarPS.Commands.InvokeCesarTranscriptionCommand'
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
        $shown | Should -Match 'conversation\.mp3\s+0:06 en\s+\w+'
    }

    It 'is shown as a list on request' {
        $transcript | Format-List | Out-String | Should -Match 'Segments\s+: [1-9]'
    }

    It 'has lists that scripts can index' {
        $transcript.Segments[0] | Should -BeOfType ([CesarPS.Segment])
        $transcript.Segments[0] | Should -HaveCount 1
        $transcript.Words[0..2] | Should -HaveCount 3
        $transcript.Stages[-1].Stage | Should -Be 'transcribe'
    }

    It 'becomes one readable row of a table of values' {
        $row = $transcript | ConvertTo-Csv | ConvertFrom-Csv
        $row.Duration | Should -Be '00:00:06'
        $row.Model | Should -Be 'base'
        $row.Segments | Should -Be "$($transcript.Segments.Count)"
        $row.Text | Should -Be $transcript.Text
    }

    It 'becomes JSON with its segments and their times' {
        $json = $transcript | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        $json.Segments[0].Text | Should -Be $transcript.Segments[0].Text
        [timespan] $json.Segments[0].End | Should -Be $transcript.Segments[0].End
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

    It 'takes -Language auto for: detect it' {
        (Invoke-CesarTranscription $sample -Language auto -End 3 -BeamSize 1).LanguageProbability | Should -BeGreaterThan 0.5
    }

    It 'takes the fine tuning of the console: <name>' -ForEach @(
        @{ name = 'TemperatureStep'; value = 0 }
        @{ name = 'EntropyThreshold'; value = 2.5 }
        @{ name = 'LogProbabilityThreshold'; value = -0.9 }
        @{ name = 'NoSpeechThreshold'; value = 0.7 }
        @{ name = 'SpeechThreshold'; value = 0.6 }
        @{ name = 'SpeakerWindowShift'; value = 2 }
    ) {
        $option = @{ $name = $value }
        (Invoke-CesarTranscription $clip @quick @option).Text | Should -Not -BeNullOrEmpty
    }

    It 'refuses <name> <value> with the error of the engine' -ForEach @(
        @{ name = 'TemperatureStep'; value = 2; id = 'TemperatureStepInvalid' }
        @{ name = 'SpeechThreshold'; value = 1; id = 'SpeechThresholdInvalid' }
        @{ name = 'NoSpeechThreshold'; value = -1; id = 'NoSpeechThresholdInvalid' }
        @{ name = 'SpeakerWindowShift'; value = 6; id = 'SpeakerWindowShiftInvalid' }
    ) {
        $option = @{ $name = $value }
        { Invoke-CesarTranscription $clip @option } | Should -Throw -ErrorId "$id,$ids"
    }

    It 'goes by the configuration for what is not given, and by parameters before that' {
        Use-TestConfiguration
        Set-CesarConfiguration language de
        Set-CesarConfiguration words true
        $transcript = Invoke-CesarTranscription $clip -BeamSize 1
        $transcript.Language | Should -Be 'de'
        $transcript.Words.Count | Should -BeGreaterThan 0
        $other = Invoke-CesarTranscription $clip -BeamSize 1 -Language en -WordTimestamp:$false
        $other.Language | Should -Be 'en'
        $other.Words.Count | Should -Be 0
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

    It 'tells what it saved, of each stage and together' {
        $null = Invoke-CesarTranscription $clip @quick
        $again = Invoke-CesarTranscription $clip @quick
        $again.TimeSaved | Should -BeGreaterThan ([timespan]::Zero)
        $again.TimeSaved | Should -Be ([timespan]::FromTicks(($again.Stages.Saved | Measure-Object Ticks -Sum).Sum))
        "$($again.Stages[2])" | Should -Match '^transcribe hit \(saved [\d.:]+( s)?\)$'
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
