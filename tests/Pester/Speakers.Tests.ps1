# Speakers in PowerShell: parameters, objects and views.

BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest) -Force

    # Two microphones: Anna's first words on the left, Robert's answer on the right.
    $script:call = Join-Path $TestDrive 'call.flac'
    ffmpeg -v error -nostdin -y -i (Get-SampleRecording) -t 10.7 -filter_complex "asplit[l][r];[l]volume=0:enable='gt(t,5)'[a];[r]volume=0:enable='lt(t,5)'[b];[a][b]amerge=inputs=2,pan=stereo|c0=c0|c1=c1" $script:call
    Use-TestCache
    $script:transcript = Invoke-CesarTranscription $script:call -Language en -SpeakerPerChannel -SpeakerName @{ 1 = 'Anna'; 'Speaker 2' = 'Robert' }
}

AfterAll {
    $env:CESAR_CACHE_DIR = $null
}

Describe 'Speakers' {
    It 'are told apart by channel and called by the names that are given' {
        $script:transcript.Speakers.Name | Should -Be 'Anna', 'Robert'
        $script:transcript.Segments[0].Speaker | Should -Be 'Anna'
        $script:transcript.Segments[-1].Speaker | Should -Be 'Robert'
        $script:transcript.Segments[-1].Text | Should -Match 'automatic'
    }

    It 'have their time, share and turns' {
        $script:transcript.Speakers.TurnCount | Should -Be 1, 1
        ($script:transcript.Speakers.Share | Measure-Object -Sum).Sum | Should -BeGreaterThan 0.999
        $script:transcript.Turns[0].End | Should -BeLessThan ([timespan]::FromSeconds(5.1))
        $script:transcript.Turns[1].Start | Should -BeGreaterThan ([timespan]::FromSeconds(4.9))
    }

    It 'show in the views' {
        $script:transcript.Speakers | Out-String | Should -Match '(?s)Name.*Time.*Share.*Turns.*Anna.*%.*1'
        $script:transcript.Turns | Out-String | Should -Match '00:00:0\d\.\d{3} 00:00:0\d\.\d{3} Anna'
        $script:transcript.Segments | Out-String | Should -Match 'Robert: I did'
        $script:transcript | Format-List | Out-String | Should -Match 'Speakers +: Anna \d+ ?%, Robert \d+ ?%'
        $script:transcript.Segments | Format-Table -View Speaker | Out-String | Should -Match '(?s)Speaker: Anna.*lighthouse.*Speaker: Robert.*I did'
    }

    It 'can be called by other names when they are written' {
        $script:transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'call.vtt') -SpeakerName @{ Anna = 'Ann' }
        Get-Content -Raw (Join-Path $TestDrive 'call.vtt') | Should -Match '<v Ann>Good morning'
    }

    It 'are warned of when none has the name that is to be replaced, and the file is written' {
        $path = Join-Path $TestDrive 'unknown.vtt'
        $script:transcript | Export-CesarTranscript -Path $path -SpeakerName @{ 7 = 'Carl'; Anna = 'Ann' } -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Be "$($script:transcript.Source) has no Speaker 7 to be named; it has Anna, Robert."
        Get-Content -Raw $path | Should -Match '<v Ann>Good morning'
    }

    It 'are warned of before anything is written' {
        $path = Join-Path $TestDrive 'stopped.vtt'
        { $script:transcript | Export-CesarTranscript -Path $path -SpeakerName @{ 7 = 'Carl' } -WarningAction Stop } | Should -Throw '*Speaker 7*'
        $path | Should -Not -Exist
    }

    It 'are written for scoring tools' {
        $script:transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'call.rttm')
        Get-Content (Join-Path $TestDrive 'call.rttm') | ForEach-Object { ($_ -split ' ').Count } | Should -Be 10, 10
    }

    It 'are needed for that, and the others of the pipeline are written' {
        $json = Join-Path $TestDrive 'nobody.json'
        $script:transcript | Export-CesarTranscript -Path $json
        $edited = Get-Content -Raw $json | ConvertFrom-Json
        $edited.source = 'nobody.flac'
        $edited.PSObject.Properties.Remove('turns')
        $edited | ConvertTo-Json -Depth 9 | Set-Content $json
        $folder = Join-Path $TestDrive 'lists'
        (Import-CesarTranscript $json), $script:transcript | Export-CesarTranscript $folder -Format rttm -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'FormatNeedsSpeakers,CesarPS.Commands.ExportCesarTranscriptCommand'
        $problems[0].Exception.Message | Should -Match 'nobody\.flac.*-Diarize, -SpeakerPerChannel'
        (Get-ChildItem $folder).Name | Should -Be 'call.rttm'
    }

    It 'have one name each: <Name> is refused, in words that PowerShell takes' -ForEach @(
        @{ Name = 'an empty one'; Names = @{ 1 = '' }; Says = 'empty name' }
        @{ Name = 'an empty list'; Names = @{ 1 = @() }; Says = 'empty name' }
        @{ Name = 'a list of two'; Names = @{ 1 = 'A', 'B' }; Says = "Speaker 1 is given two names, 'A' and 'B'" }
    ) {
        $problem = { $script:transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'never.txt') -SpeakerName $Names } |
            Should -Throw -ErrorId 'SpeakerNameInvalid*' -PassThru
        $problem.Exception.Message | Should -BeLike "*$Says*one name: @{ 1 = 'Anna' }*"
        Join-Path $TestDrive 'never.txt' | Should -Not -Exist
    }

    It 'refuse <Name>' -ForEach @(
        @{ Name = 'more of them at least than at most'; Parameters = @{ MinimumSpeakerCount = 3; MaximumSpeakerCount = 2 }; ErrorId = 'SpeakerRangeInvalid' }
        @{ Name = 'a number of them beside one per channel'; Parameters = @{ SpeakerPerChannel = $true; SpeakerCount = 2 }; ErrorId = 'SpeakersTwice' }
        @{ Name = 'a name where they are not told apart'; Parameters = @{ SpeakerName = @{ 1 = 'Anna' } }; ErrorId = 'SpeakerNamesUnused' }
        @{ Name = 'an empty name'; Parameters = @{ Diarize = $true; SpeakerName = @{ 1 = ' ' } }; ErrorId = 'SpeakerNameInvalid' }
    ) {
        { Invoke-CesarTranscription $script:call @Parameters -ErrorAction Stop } | Should -Throw -ErrorId "$ErrorId*"
    }

    It 'are found by diarization where -SpeakerCount is given, whatever the configuration says of channels' {
        $env:CESAR_SPEAKER_PER_CHANNEL = 'true'
        try {
            $found = Invoke-CesarTranscription $script:call -Language en -SpeakerCount 2
            $found.Stages.Stage | Should -Contain 'diarize'
        }
        finally {
            $env:CESAR_SPEAKER_PER_CHANNEL = $null
        }
    }

    It 'refuse a count of 0 before anything is read' {
        { Invoke-CesarTranscription $script:call -SpeakerCount 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}
