# What objects look like, to the letter.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    # A transcript that is the same every time; files of this form come from Export-CesarTranscript -Format json.
    $json = Join-Path $TestDrive 'meeting.json'
    Set-Content $json @'
{
  "schemaVersion": 1, "source": "/recordings/meeting.mp3", "duration": 3725.5, "language": "en", "languageProbability": 0.93, "task": "transcribe",
  "model": { "name": "base", "sha256": "81cf" },
  "segments": [
    { "id": 0, "start": 0.5, "end": 2.25, "text": "Good morning.", "averageLogProbability": -0.1, "noSpeechProbability": 0.01,
      "speaker": "Anna", "words": [ { "start": 0.5, "end": 1.25, "text": "Good", "probability": 0.987 }, { "start": 1.25, "end": 2.25, "text": "morning.", "probability": 0.5 } ] },
    { "id": 1, "start": 3661, "end": 3662.125, "text": "Good bye.", "averageLogProbability": -0.2, "noSpeechProbability": 0.02, "words": [] }
  ],
  "stages": [
    { "stage": "acquire", "outcome": "miss", "elapsed": 0.04, "saved": 0 },
    { "stage": "transcode", "outcome": "hit", "elapsed": 0, "saved": 4.5 },
    { "stage": "speaker-features", "outcome": "miss", "elapsed": 0.02, "saved": 0 },
    { "stage": "transcribe", "outcome": "hit", "elapsed": 0.001, "saved": 300.5 }
  ],
  "elapsed": 0.05, "text": "Good morning. Good bye."
}
'@
    $script:transcript = Import-CesarTranscript $json
}

Describe 'A transcript' {
    It 'is a row of a table' {
        $transcript | Get-ShownText | Should -Be @'
Source                   Duration Language Text
------                   -------- -------- ----
meeting.mp3               1:02:06 en       Good morning. Good bye.
'@.ReplaceLineEndings("`n")
    }

    It 'is a list' {
        $transcript | Format-List | Get-ShownText -Width 160 | Should -Be @'
Source    : /recordings/meeting.mp3
Duration  : 1:02:06
Language  : en (93 %)
Task      : Transcribe
Model     : base
Segments  : 2
Stages    : acquire miss (0.0 s), transcode hit (saved 4.5 s), speaker-features miss (0.0 s), transcribe hit (saved 5:01)
Elapsed   : 0.1 s
TimeSaved : 5:05
Text      : Good morning. Good bye.
'@.ReplaceLineEndings("`n")
    }

    It 'is its source, wide' {
        $transcript | Format-Wide | Get-ShownText | Should -Be '/recordings/meeting.mp3'
    }

    It 'is its text as a string' {
        "$transcript" | Should -Be 'Good morning. Good bye.'
    }

    It 'saved what its stages saved' {
        $transcript.TimeSaved | Should -Be ([timespan]::FromSeconds(305))
    }
}

Describe 'Its parts' {
    It 'are segments with times' {
        $transcript.Segments | Get-ShownText | Should -Be @'
Start        End          Text
-----        ---          ----
00:00:00.500 00:00:02.250 Anna: Good morning.
01:01:01.000 01:01:02.125 Good bye.
'@.ReplaceLineEndings("`n")
    }

    It 'are segments by speaker, also those that are nobody''s' {
        $transcript.Segments | Format-Table -View Speaker | Get-ShownText | Should -Be @'
   Speaker: Anna

Start        Text
-----        ----
00:00:00.500 Good morning.

   Speaker: nobody

Start        Text
-----        ----
01:01:01.000 Good bye.
'@.ReplaceLineEndings("`n")
    }

    It 'are words with probabilities' {
        $transcript.Words | Get-ShownText | Should -Be @'
Start        End          Probability Text
-----        ---          ----------- ----
00:00:00.500 00:00:01.250        0.99 Good
00:00:01.250 00:00:02.250        0.50 morning.
'@.ReplaceLineEndings("`n")
    }

    It 'are stages with times' {
        $transcript.Stages | Get-ShownText | Should -Be @'
Stage            Outcome    Elapsed    Saved
-----            -------    -------    -----
acquire          Miss         0.0 s    0.0 s
transcode        Hit          0.0 s    4.5 s
speaker-features Miss         0.0 s    0.0 s
transcribe       Hit          0.0 s     5:01
'@.ReplaceLineEndings("`n")
    }

    It 'are their own identity as strings' {
        "$($transcript.Segments[0])" | Should -Be 'Good morning.'
        "$($transcript.Words[1])" | Should -Be 'morning.'
        "$($transcript.Model)" | Should -Be 'base'
        "$($transcript.Stages[1])" | Should -Be 'transcode hit (saved 4.5 s)'
    }

    It 'are rows of values that can be read back' {
        $rows = $transcript.Segments | Select-Object Start, End, Text | ConvertTo-Csv | ConvertFrom-Csv
        [timespan] $rows[1].End | Should -Be $transcript.Segments[1].End
    }
}
