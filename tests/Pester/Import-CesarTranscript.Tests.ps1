# JSON files of transcripts back as transcripts.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    Use-TestConfiguration
    $script:clip = Copy-Clip
    $script:transcript = Invoke-CesarTranscription $clip -Language en -BeamSize 1 -WordTimestamp
    $script:json = Join-Path $TestDrive 'clip.json'
    $transcript | Export-CesarTranscript -Path $json
    $script:ids = 'CesarPS.Commands.ImportCesarTranscriptCommand'
}

Describe 'What comes back' {
    It 'is the same type with the same content' {
        $back = Import-CesarTranscript $json
        $back | Should -BeOfType ([CesarPS.Transcript])
        $back.Text | Should -Be $transcript.Text
        $back.Source | Should -Be $clip
        $back.Model | Should -Be $transcript.Model
        $back.Segments.Count | Should -Be $transcript.Segments.Count
        $back.Words[0].Text | Should -Be $transcript.Words[0].Text
        [math]::Abs(($back.Segments[-1].End - $transcript.Segments[-1].End).TotalMilliseconds) | Should -BeLessThan 1
    }

    It 'can be exported again to the same bytes' {
        $again = Join-Path $TestDrive 'again.json'
        Import-CesarTranscript $json | Export-CesarTranscript -Path $again
        (Get-FileHash $again).Hash | Should -Be (Get-FileHash $json).Hash
    }

    It 'can be written as subtitles' {
        Import-CesarTranscript $json | Export-CesarTranscript -Path (Join-Path $TestDrive 'back.srt')
        Join-Path $TestDrive 'back.srt' | Should -FileContentMatch '-->'
    }
}

Describe 'Files' {
    It 'are taken by wildcard, from Get-ChildItem, and with [1] in their name' {
        $null = Copy-Recording $json 'in/a.json', 'in/b [1].json'
        Import-CesarTranscript (Join-Path $TestDrive 'in/*.json') | Should -HaveCount 2
        Get-ChildItem (Join-Path $TestDrive 'in') | Import-CesarTranscript | Should -HaveCount 2
        Import-CesarTranscript -LiteralPath (Join-Path $TestDrive 'in/b [1].json') | Should -HaveCount 1
    }

    It 'are found from the current location' {
        Push-Location $TestDrive
        try {
            Import-CesarTranscript clip.json | Should -HaveCount 1
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Errors' {
    It '<id> for <what>, and the others are read' -ForEach @(
        @{ what = 'a file that is missing'; content = $null; id = 'InputNotFound'; category = 'ObjectNotFound' }
        @{ what = 'text that is no JSON'; content = 'Good morning.'; id = 'TranscriptMalformed'; category = 'InvalidData' }
        @{ what = 'JSON that is no transcript'; content = '{ "schemaVersion": 1 }'; id = 'TranscriptMalformed'; category = 'InvalidData' }
        @{ what = 'a newer version'; content = '{ "schemaVersion": 99 }'; id = 'TranscriptSchemaUnknown'; category = 'InvalidData' }
    ) {
        $bad = Join-Path $TestDrive 'bad.json'
        Remove-Item $bad -ErrorAction Ignore
        if ($content) {
            Set-Content $bad $content
        }

        Import-CesarTranscript -LiteralPath $bad, $json -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 1
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "$id,$ids"
        $problems[0].CategoryInfo.Category | Should -Be $category
        $problems[0].TargetObject | Should -Be $bad
        $problems[0].Exception.Message | Should -Match 'bad\.json'
    }
}
