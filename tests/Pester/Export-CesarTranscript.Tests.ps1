# Transcripts into files.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    Use-TestConfiguration
    $script:clip = Copy-Clip
    $script:transcript = Invoke-CesarTranscription $clip -Language en -BeamSize 1 -WordTimestamp
    $script:ids = 'CesarPS.Commands.ExportCesarTranscriptCommand'
}

Describe 'Into a folder' {
    It 'writes <format> as <extension>' -ForEach @(
        @{ format = 'Txt'; extension = 'txt'; content = '\w+ \w+' }
        @{ format = 'Srt'; extension = 'srt'; content = '^1\r?\n00:00:0\d,\d{3} -->' }
        @{ format = 'Vtt'; extension = 'vtt'; content = '^WEBVTT' }
        @{ format = 'Json'; extension = 'json'; content = '"schemaVersion": 1' }
        @{ format = 'Md'; extension = 'md'; content = '^# clip\.wav' }
        @{ format = 'Csv'; extension = 'csv'; content = 'start,end,speaker,text' }
        @{ format = 'Tsv'; extension = 'tsv'; content = 'start\tend\tspeaker\ttext' }
    ) {
        $folder = Join-Path $TestDrive "as $format"
        $transcript | Export-CesarTranscript -Format $format -OutputDirectory $folder
        Get-Content (Join-Path $folder "clip.$extension") -Raw | Should -Match $content
    }

    It 'writes several formats at once' {
        $transcript | Export-CesarTranscript (Join-Path $TestDrive 'several') -Format srt, vtt
        (Get-ChildItem (Join-Path $TestDrive 'several')).Name | Should -Be 'clip.srt', 'clip.vtt'
    }

    It 'is the current location of PowerShell where no folder is given' {
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'here')
        Push-Location (Join-Path $TestDrive 'here')
        try {
            $transcript | Export-CesarTranscript
        }
        finally {
            Pop-Location
        }

        Join-Path $TestDrive 'here/clip.txt' | Should -Exist
    }

    It 'keeps apart transcripts of recordings with one name' {
        $other = $transcript.PSObject.Copy()
        $folder = Join-Path $TestDrive 'apart'
        $twice = Invoke-CesarTranscription (Copy-Recording $clip 'elsewhere/clip.wav') -Language en -BeamSize 1
        $other, $twice | Export-CesarTranscript $folder
        (Get-ChildItem $folder).Name | Should -Be 'clip (2).txt', 'clip.txt'
    }

    It 'never writes over the recording itself' {
        $text = Join-Path $TestDrive 'sound/sound.txt'
        $null = Copy-Recording $clip 'sound/sound.txt'
        $own = Invoke-CesarTranscription $text -Language en -BeamSize 1
        $own | Export-CesarTranscript (Split-Path $text) -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "OutputWouldReplaceInput,$ids"
        (Get-FileHash $text).Hash | Should -Be (Get-FileHash $clip).Hash
    }

    It 'writes nothing out, or the transcripts as they came with -PassThru' {
        $transcript | Export-CesarTranscript (Join-Path $TestDrive 'quiet') | Should -BeNullOrEmpty
        $passed = $transcript | Export-CesarTranscript (Join-Path $TestDrive 'passed') -PassThru
        [object]::ReferenceEquals($passed, $transcript) | Should -BeTrue
    }
}

Describe 'Into one file' {
    It 'takes the format from the name' {
        $transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'one/subtitles.srt')
        Get-Content (Join-Path $TestDrive 'one/subtitles.srt') -Raw | Should -Match '-->'
    }

    It 'takes the format that is named before that of the name' {
        $transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'one/captions.txt') -Format vtt
        Get-Content (Join-Path $TestDrive 'one/captions.txt') -Raw | Should -Match '^WEBVTT'
    }

    It 'takes a name with [1] as it is' {
        $transcript | Export-CesarTranscript -LiteralPath (Join-Path $TestDrive 'one/take [1].txt')
        Test-Path -LiteralPath (Join-Path $TestDrive 'one/take [1].txt') | Should -BeTrue
    }

    It 'refuses a name that says no format' {
        { $transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'one/notes.docx') } | Should -Throw -ErrorId "UnknownFormat,$ids"
    }

    It 'refuses several formats' {
        { $transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'one/two.srt') -Format srt, vtt } | Should -Throw -ErrorId "OneFileOneFormat,$ids"
    }

    It 'holds the first of several transcripts, and says so of the others' {
        $transcript, $transcript | Export-CesarTranscript -Path (Join-Path $TestDrive 'one/first.txt') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "OutputTaken,$ids"
    }
}

Describe 'Files that are there' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive "$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $script:file = Join-Path $folder 'clip.txt'
        Set-Content $file 'Mine.'
    }

    It 'are replaced' {
        $transcript | Export-CesarTranscript $folder
        Get-Content $file | Should -Not -Be 'Mine.'
    }

    It 'are kept with -NoClobber, with an error about the transcript' {
        $transcript | Export-CesarTranscript $folder -NoClobber -ErrorVariable problems -ErrorAction SilentlyContinue
        Get-Content $file | Should -Be 'Mine.'
        $problems[0].FullyQualifiedErrorId | Should -Be "OutputExists,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $problems[0].TargetObject.Source | Should -Be $clip
    }

    It 'are kept where they are protected, and replaced with -Force' {
        (Get-Item $file).IsReadOnly = $true
        $transcript | Export-CesarTranscript $folder -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "OutputReadOnly,$ids"
        Get-Content $file | Should -Be 'Mine.'
        $transcript | Export-CesarTranscript $folder -Force
        Get-Content $file | Should -Not -Be 'Mine.'
    }

    It 'are kept with -WhatIf, which names them' {
        $transcript | Export-CesarTranscript $folder -WhatIf
        Get-Content $file | Should -Be 'Mine.'
    }

    It 'leave no temporary file behind' {
        $transcript | Export-CesarTranscript $folder -NoClobber -ErrorAction SilentlyContinue
        (Get-ChildItem $folder -Force).Name | Should -Be 'clip.txt'
    }
}

Describe 'Names of speakers' {
    BeforeAll {
        # As diarization gives it.
        $json = Join-Path $TestDrive 'spoken.json'
        $transcript | Export-CesarTranscript -Path $json
        $data = Get-Content $json -Raw | ConvertFrom-Json
        $data.segments | ForEach-Object { $_ | Add-Member speaker 'Speaker 1' -Force }
        $data | ConvertTo-Json -Depth 8 | Set-Content $json
        $script:spoken = Import-CesarTranscript $json
    }

    It 'are those of -SpeakerName, in capitals or not' {
        $spoken | Export-CesarTranscript (Join-Path $TestDrive 'named') -Format vtt, json -SpeakerName @{ 'speaker 1' = 'Anna' }
        Get-Content (Join-Path $TestDrive 'named/clip.vtt') -Raw | Should -Match '<v Anna>'
        (Get-Content (Join-Path $TestDrive 'named/clip.json') -Raw | ConvertFrom-Json).segments[0].speaker | Should -Be 'Anna'
    }

    It 'stay where nobody has another, and what is passed on is as it came' {
        $passed = $spoken | Export-CesarTranscript (Join-Path $TestDrive 'unnamed') -Format vtt -SpeakerName @{ 'Speaker 9' = 'Zoe' } -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Message | Should -Match 'no Speaker 9 to be named; it has Speaker 1'
        Get-Content (Join-Path $TestDrive 'unnamed/clip.vtt') -Raw | Should -Match '<v Speaker 1>'
        $passed.Segments[0].Speaker | Should -Be 'Speaker 1'
    }
}

# As jobs and remoting hand them on: the properties without the type.
Describe 'Copies of transcripts' {
    BeforeAll {
        $file = Join-Path $TestDrive 'whole.json'
        Set-Content $file @'
{"schemaVersion":1,"source":"https://x.example/t.mp3","origin":{"link":"https://x.example/t.mp3","title":"A talk","published":"2026-03-01",
"retrieved":"2026-11-26T05:00:00Z","checked":"2026-11-26T06:00:01Z","stale":true},"duration":3.5,"language":"en","languageProbability":0.9,"task":"translate",
"model":{"name":"base","sha256":"abc"},"segments":[{"id":0,"start":0,"end":1.5,"text":"Hello there.","speaker":"Anna","averageLogProbability":-0.1,
"noSpeechProbability":null,"words":[{"start":0,"end":1,"text":"Hello","speaker":"Anna","speakers":["Anna","Ben"],"probability":0.9},
{"start":1,"end":1.5,"text":"there.","probability":0.8,"spaceBefore":false}]}],"turns":[{"start":0,"end":1.5,"speaker":"Anna"}],
"stages":[{"stage":"transcribe","outcome":"hit","elapsed":0.1,"saved":3}],"elapsed":0.2,"text":"Hello there."}
'@
        $script:original = Import-CesarTranscript $file
        $script:copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($original))
    }

    It 'are written as what they were copied from' {
        $copy.PSTypeNames[0] | Should -Be 'Deserialized.CesarPS.Transcript'
        $original | Export-CesarTranscript -Path (Join-Path $TestDrive 'original.json')
        $copy | Export-CesarTranscript -Path (Join-Path $TestDrive 'copy.json')
        Get-Content (Join-Path $TestDrive 'copy.json') -Raw | Should -Be (Get-Content (Join-Path $TestDrive 'original.json') -Raw)
    }

    It 'are taken beside transcripts, and passed on as such' {
        $passed = Export-CesarTranscript -Transcript $copy, $original -OutputDirectory (Join-Path $TestDrive 'both') -PassThru
        $passed | Should -HaveCount 2
        $passed | ForEach-Object { $_ | Should -BeOfType CesarPS.Transcript }
        (Get-ChildItem (Join-Path $TestDrive 'both')) | Should -HaveCount 2
    }

    It 'are refused where <missing> is missing, with what to do' -ForEach @(
        @{ missing = 'Duration' }
        @{ missing = 'Segments' }
        @{ missing = 'Model' }
    ) {
        $torn = $copy | Select-Object * -ExcludeProperty $missing
        $torn.PSTypeNames.Insert(0, 'Deserialized.CesarPS.Transcript')
        { $torn | Export-CesarTranscript -Path (Join-Path $TestDrive 'torn.txt') -ErrorAction Stop } | Should -Throw "*not whole ($missing)*-OutputDirectory*"
        Join-Path $TestDrive 'torn.txt' | Should -Not -Exist
    }

    It 'are refused where they are not deep enough' {
        $shallow = $copy | Select-Object * -ExcludeProperty Model
        $shallow | Add-Member Model 'base'
        $shallow.PSTypeNames.Insert(0, 'Deserialized.CesarPS.Transcript')
        { $shallow | Export-CesarTranscript -Path (Join-Path $TestDrive 'shallow.txt') -ErrorAction Stop } | Should -Throw '*not whole (Name)*'
    }
}

Describe 'What is refused' {
    It 'is a format that there is not, before the first transcript' {
        { $transcript | Export-CesarTranscript $TestDrive -Format pdf } | Should -Throw -ErrorId "UnknownFormat,$ids"
    }

    It 'is a folder that is a file: one error for each transcript' {
        $transcript, $transcript | Export-CesarTranscript $clip -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -Be "OutputFolderUnwritable,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'WriteError'
    }

    It 'is what is no transcript' {
        { 'some text' | Export-CesarTranscript $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId "*,$ids"
    }
}
