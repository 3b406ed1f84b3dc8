# Invoke-CesarTranscription -OutputDirectory: files as well as transcripts.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    Use-TestConfiguration
    $script:clip = Copy-Clip
    $script:quick = @{ Language = 'en'; BeamSize = 1 }
    $script:ids = 'CesarPS.Commands.InvokeCesarTranscriptionCommand'
}

Describe 'Files of a batch' {
    It 'are written in each format, and the transcripts come out all the same' {
        $folder = Join-Path $TestDrive 'formats'
        $transcript = Invoke-CesarTranscription $clip @quick -OutputDirectory $folder -Format txt, SRT, vtt, json, md, csv, tsv
        $transcript | Should -BeOfType ([CesarPS.Transcript])
        (Get-ChildItem $folder).Name | Sort-Object | Should -Be 'clip.csv', 'clip.json', 'clip.md', 'clip.srt', 'clip.tsv', 'clip.txt', 'clip.vtt'
        (Get-Content (Join-Path $folder 'clip.txt') -Raw).Trim() -replace '\s+', ' ' | Should -Be $transcript.Text
    }

    It 'are text where no format is given, or what the configuration says' {
        $null = Invoke-CesarTranscription $clip @quick -OutputDirectory (Join-Path $TestDrive 'default')
        (Get-ChildItem (Join-Path $TestDrive 'default')).Name | Should -Be 'clip.txt'
        Set-CesarConfiguration format srt, vtt
        $null = Invoke-CesarTranscription $clip @quick -OutputDirectory (Join-Path $TestDrive 'configured')
        (Get-ChildItem (Join-Path $TestDrive 'configured')).Name | Should -Be 'clip.srt', 'clip.vtt'
        Set-CesarConfiguration format -Default
    }

    It 'never meet: recordings of one name get numbers' {
        $files = Copy-Recording $clip 'one/talk.wav', 'two/talk.wav'
        $null = $files | Invoke-CesarTranscription @quick -OutputDirectory (Join-Path $TestDrive 'numbered') -ThrottleLimit 2
        (Get-ChildItem (Join-Path $TestDrive 'numbered')).Name | Should -Be 'talk (2).txt', 'talk.txt'
    }

    It 'go where PowerShell is, for a relative folder' {
        Push-Location $TestDrive
        try {
            $null = Invoke-CesarTranscription $clip @quick -OutputDirectory ./relative
        }
        finally {
            Pop-Location
        }

        Join-Path $TestDrive 'relative/clip.txt' | Should -Exist
    }

    It 'are kept with -NoClobber: one error, and the transcript comes out' {
        $folder = Join-Path $TestDrive 'kept'
        $null = New-Item -ItemType Directory $folder
        Set-Content (Join-Path $folder 'clip.txt') 'Mine.'
        $found = Invoke-CesarTranscription $clip @quick -OutputDirectory $folder -NoClobber -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "OutputExists,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content (Join-Path $folder 'clip.txt') | Should -Be 'Mine.'
    }

    It 'follow the layout that is asked for' {
        $null = Invoke-CesarTranscription $clip @quick -OutputDirectory (Join-Path $TestDrive 'narrow') -Format srt -MaximumLineLength 20 -MaximumLineCount 1
        $lines = Get-Content (Join-Path $TestDrive 'narrow/clip.srt') | Where-Object { $_ -and $_ -notmatch '^\d+$|-->' }
        $lines.Count | Should -BeGreaterThan 1
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 20
    }

    It 'show one word at a time with -WordCue' {
        $transcript = Invoke-CesarTranscription $clip @quick -OutputDirectory (Join-Path $TestDrive 'words') -Format srt -WordCue
        @(Select-String -LiteralPath (Join-Path $TestDrive 'words/clip.srt') -Pattern '-->').Count | Should -Be $transcript.Words.Count
    }

    It 'are not written with -WhatIf' {
        Invoke-CesarTranscription $clip @quick -OutputDirectory (Join-Path $TestDrive 'never') -WhatIf 6>$null
        Join-Path $TestDrive 'never' | Should -Not -Exist
    }
}

Describe 'What is refused before any work' {
    It 'is a format that there is not, with the nearest one' {
        { Invoke-CesarTranscription $clip -OutputDirectory $TestDrive -Format str } | Should -Throw -ErrorId "UnknownFormat,$ids" -ExpectedMessage "*Did you mean 'srt'?*"
    }

    It 'is -Format without a folder, with what to do instead' {
        { Invoke-CesarTranscription $clip -Format srt } | Should -Throw -ErrorId "FormatWithoutFolder,$ids" -ExpectedMessage '*Export-CesarTranscript*'
    }

    It 'is a folder that is none of the file system' {
        { Invoke-CesarTranscription $clip -OutputDirectory Env:/ } | Should -Throw -ErrorId "PathNotFile,$ids"
    }

    It 'is a line too short to hold a word' {
        { Invoke-CesarTranscription $clip -OutputDirectory $TestDrive -MaximumLineLength 3 } | Should -Throw -ErrorId "ParameterArgumentValidationError,$ids"
    }
}
