# What goes wrong, and how it is told.
BeforeDiscovery {
    $script:onUnix = -not $IsWindows
}

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

Describe 'Errors' {
    It 'are one for a bad file in the middle, and the others are done' {
        $good = Copy-Recording $clip 'first.wav', 'last.wav'
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

    It 'name a folder that is missing on the way to the file' {
        Invoke-CesarTranscription (Join-Path $TestDrive 'no/such/folder.wav') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "InputNotFound,$ids"
    }

    It 'say of an empty file that it is empty' {
        $null = New-Item (Join-Path $TestDrive 'empty.wav')
        Invoke-CesarTranscription (Join-Path $TestDrive 'empty.wav') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "InputEmpty,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }

    It 'are of the engine, with an id that scripts can rest on' {
        Invoke-CesarTranscription (Join-Path $TestDrive 'missing.wav') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception | Should -BeOfType ([CesarPS.Engine.CesarException])
        $problems[0].Exception.ErrorId | Should -Be 'InputNotFound'
    }

    It 'leave $? true where all went well' {
        & { $null = Invoke-CesarTranscription $clip @quick; $? } | Should -BeTrue
    }

    It 'of one file with -ErrorAction Stop come after the transcripts before it' {
        $bad = Write-TextFile 'second.wav'
        $found = [Collections.Generic.List[object]]::new()
        { $clip, $bad, $clip | Invoke-CesarTranscription @quick -ErrorAction Stop | ForEach-Object { $found.Add($_) } } |
            Should -Throw -ErrorId "InputNotMedia,$ids"
        $found | Should -HaveCount 1
    }

    It 'are counted by $Error, and none is left with -ErrorAction Ignore' {
        $Error.Clear()
        Invoke-CesarTranscription (Join-Path $TestDrive 'missing.wav') -ErrorAction Ignore
        $Error | Should -HaveCount 0
    }

    It 'end the command for a configuration that is damaged' {
        $before = $env:CESAR_CONFIG
        try {
            $env:CESAR_CONFIG = Write-TextFile 'broken.json'
            { Invoke-CesarTranscription $clip } | Should -Throw -ErrorId "ConfigurationFileInvalid,$ids"
        }
        finally {
            $env:CESAR_CONFIG = $before
        }
    }

    It 'end the command for a native library that is missing' {
        $before = $env:CESAR_NATIVE
        try {
            $env:CESAR_NATIVE = Join-Path $TestDrive 'no-libraries'
            $problem = { Invoke-CesarTranscription $clip } | Should -Throw -PassThru
            $problem.CategoryInfo.Category | Should -Be 'NotInstalled'
        }
        finally {
            $env:CESAR_NATIVE = $before
        }
    }

    It 'name ffmpeg where that is missing, and how to get it' {
        $before = $env:CESAR_FFMPEG
        try {
            $env:CESAR_FFMPEG = Join-Path $TestDrive 'no-ffmpeg'
            Invoke-CesarTranscription $sample -End 2 -NoCache -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            $problems[0].CategoryInfo.Category | Should -Be 'NotInstalled'
            $problems[0].Exception.Message | Should -Match 'ffmpeg'
        }
        finally {
            $env:CESAR_FFMPEG = $before
        }
    }

    It 'leave a file without read permission to a reading error' -Skip:(-not $onUnix -or (id -u) -eq '0') {
        $file = Copy-Recording $clip 'secret.wav'
        chmod 000 $file
        Invoke-CesarTranscription $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ReadError'
    }
}
