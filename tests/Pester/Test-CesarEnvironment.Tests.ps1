# Everything that CesarPS depends on.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
}

Describe 'Test-CesarEnvironment' {
    BeforeEach {
        Use-TestCache
        Use-TestConfiguration
    }

    It 'gives each dependency as an object, with its version and place' {
        $findings = Test-CesarEnvironment
        $findings | ForEach-Object { $_ | Should -BeOfType ([CesarPS.Finding]) }
        foreach ($name in 'configuration', 'whisper library', 'ONNX Runtime', 'ffmpeg', 'ffprobe', 'model base', 'model silero-vad', 'model folder', 'free space', 'cache') {
            $findings.Name | Should -Contain $name
        }

        $ffmpeg = $findings | Where-Object Name -EQ 'ffmpeg'
        $ffmpeg.IsGood | Should -BeTrue
        $ffmpeg.Status | Should -Be 'Good'
        $ffmpeg.Version | Should -Match '^\d|^n'
        $ffmpeg.Path | Should -Exist
    }

    It 'is true with -Quiet where all that is needed is here' {
        Test-CesarEnvironment -Quiet | Should -BeTrue
    }

    It 'says what is missing and how to mend it' {
        $env:CESAR_FFMPEG = Join-Path $TestDrive 'none'
        try {
            $ffmpeg = Test-CesarEnvironment | Where-Object Name -EQ 'ffmpeg'
            $ffmpeg.Status | Should -Be 'Failure'
            $ffmpeg.Problem | Should -Not -BeNullOrEmpty
            $ffmpeg.Fix | Should -Not -BeNullOrEmpty
            Test-CesarEnvironment -Quiet | Should -BeFalse
        }
        finally {
            $env:CESAR_FFMPEG = $null
        }
    }

    It 'looks at the rest by the defaults where the configuration is broken' {
        Set-Content $env:CESAR_CONFIG 'broken'
        $findings = Test-CesarEnvironment
        ($findings | Where-Object Name -EQ 'configuration').Status | Should -Be 'Failure'
        ($findings | Where-Object Name -EQ 'model base').Status | Should -Be 'Good'
    }

    It 'makes a warning, and no failure, of what the work can do without' {
        $env:CESAR_CACHE_DIR = Write-TextFile 'cache-that-is-a-file'
        ($cache = Test-CesarEnvironment | Where-Object Name -EQ 'cache').Status | Should -Be 'Warning'
        $cache.Fix | Should -Match 'CESAR_CACHE_DIR'
        Test-CesarEnvironment -Quiet | Should -BeTrue
    }

    It 'leaves nothing behind' {
        $null = Test-CesarEnvironment
        $env:CESAR_CACHE_DIR | Should -Not -Exist
        $env:CESAR_MODELS | Should -Not -Exist
    }

    It 'is shown with its status, and the remedy where something is wrong' {
        Test-CesarEnvironment | Get-ShownText -Width 200 | Should -Match 'Good\s+ffmpeg\s+\S+\s+\S+ffmpeg'
        $env:CESAR_FFMPEG = Join-Path $TestDrive 'none'
        try {
            Test-CesarEnvironment | Where-Object Status -EQ 'Failure' | Get-ShownText -Width 200 | Should -Match 'Failure\s+ffmpeg\s+\S+'
        }
        finally {
            $env:CESAR_FFMPEG = $null
        }
    }
}
