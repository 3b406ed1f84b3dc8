# What the Tab key offers.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    Use-TestConfiguration
    $script:clip = Copy-Clip 'my talk.wav'
    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches | Where-Object ResultType -EQ 'ParameterValue'
    }
}

Describe 'Models' {
    It 'are completed with their size and whether they are there' {
        $found = Get-Completion 'Invoke-CesarTranscription talk.mp3 -Model sm'
        $found.CompletionText | Should -Contain 'small'
        ($found | Where-Object CompletionText -EQ 'small').ToolTip | Should -Be '465.0 MiB, multilingual, f16, absent'
        (Get-Completion 'Invoke-CesarTranscription -Model base' | Where-Object CompletionText -EQ 'base').ToolTip | Should -Match '78\.0 MiB, multilingual, q8_0, bundled'
    }

    It 'leave out what writes no text, but for where that is meant' {
        (Get-Completion 'Invoke-CesarTranscription -Model ').CompletionText | Should -Not -Contain 'silero-vad'
        (Get-Completion 'Get-CesarModel -Name si').CompletionText | Should -Be 'silero-vad'
        (Get-Completion 'Get-CesarModel -Name cam').ToolTip | Should -Match ' MiB, any language, .*, bundled$'
    }

    It 'that can be removed are those that were downloaded' {
        Get-Completion 'Remove-CesarModel -Name ba' | Should -BeNullOrEmpty
        $null = New-Item -ItemType Directory -Force $env:CESAR_MODELS
        Set-Content (Get-CesarModel tiny).Path 'damaged'
        (Get-Completion 'Remove-CesarModel -Name ').CompletionText | Should -Be 'tiny'
    }

    It 'are completed by position as well' {
        (Get-Completion 'Save-CesarModel large-v3-turbo-q').CompletionText | Should -Be 'large-v3-turbo-q5_0', 'large-v3-turbo-q8_0'
    }
}

Describe 'Languages' {
    It 'are completed by their name' {
        (Get-Completion 'Invoke-CesarTranscription -Language Ger').CompletionText | Should -Be 'German'
        (Get-Completion 'Invoke-CesarTranscription -Language Ger').ToolTip | Should -Be 'German (de)'
    }

    It 'are completed by their code, to the name' {
        (Get-Completion 'Invoke-CesarTranscription -Language sv').CompletionText | Should -Be 'Swedish'
    }

    It 'are quoted where there is a space in the name' {
        (Get-Completion 'Invoke-CesarTranscription -Language Hai').CompletionText | Should -Be "'Haitian Creole'"
        (Get-Completion "Invoke-CesarTranscription -Language 'Haitian C").CompletionText | Should -Be "'Haitian Creole'"
    }

    It 'begin with what was typed, a quotation mark aside' {
        (Get-Completion 'Invoke-CesarTranscription -Language "Pol').CompletionText | Should -Be 'Polish'
    }
}

Describe 'Formats' {
    It 'are completed for <line>, each with what it is for' -ForEach @(
        @{ line = 'Export-CesarTranscript -Format ' }, @{ line = 'Invoke-CesarTranscription talk.mp3 -OutputDirectory x -Format srt, ' }
    ) {
        $found = Get-Completion $line
        $found.CompletionText | Should -Be ([CesarPS.Engine.Transcripts.TranscriptFormats]::Names)
        ($found | Where-Object CompletionText -EQ 'vtt').ToolTip | Should -Match 'WebVTT'
    }
}

Describe 'The cache' {
    BeforeAll {
        $null = Invoke-CesarTranscription $clip -Language en -BeamSize 1
    }

    It 'completes stages' {
        (Get-Completion 'Get-CesarCacheEntry -Stage trans').CompletionText | Should -Be 'transcode', 'transcribe'
        (Get-Completion 'Clear-CesarCache -Stage wi').CompletionText | Should -Be 'window'
    }

    It 'completes keys, each with its stage and source' {
        $entry = Get-CesarCacheEntry -Stage transcribe
        $found = Get-Completion "Get-CesarCacheEntry -Key $($entry.Key.Substring(0, 4))"
        $found.CompletionText | Should -Be $entry.Key
        $found.ListItemText | Should -Be "$($entry.ShortKey) transcribe my talk.wav"
        $found.ToolTip | Should -BeLike "transcribe of $clip, *"
    }

    It 'completes sources, quoted where that is needed' {
        (Get-Completion 'Get-CesarCacheEntry -Source my').CompletionText | Should -Be "'my talk.wav'"
    }

    It 'completes sources with quotes of every kind as text that PowerShell reads as it is' {
        $name = "it's $([char]0x2018)quoted$([char]0x2019) $([char]0x201C)twice$([char]0x201D).wav"
        $null = Invoke-CesarTranscription -LiteralPath (Copy-Recording $clip $name) -End 2 -Language en -BeamSize 1
        $found = (Get-Completion 'Get-CesarCacheEntry -Source it').CompletionText
        & ([scriptblock]::Create($found)) | Should -Be $name
    }

    It 'completes from a relative -CachePath, and from one on a drive of PowerShell' {
        $folder = $env:CESAR_CACHE_DIR
        $null = New-PSDrive -Name Caches -PSProvider FileSystem -Root (Split-Path $folder)
        Push-Location (Split-Path $folder)
        try {
            $env:CESAR_CACHE_DIR = Join-Path $TestDrive 'no cache'
            (Get-Completion "Get-CesarCacheEntry -CachePath '$(Split-Path $folder -Leaf)' -Source my").CompletionText | Should -Be "'my talk.wav'"
            (Get-Completion "Get-CesarCacheEntry -CachePath 'Caches:/$(Split-Path $folder -Leaf)' -Source my").CompletionText | Should -Be "'my talk.wav'"
            Get-Completion 'Get-CesarCacheEntry -CachePath nosuch:/cache -Source my' | Should -BeNullOrEmpty
        }
        finally {
            $env:CESAR_CACHE_DIR = $folder
            Pop-Location
            Remove-PSDrive Caches
        }
    }

    It 'completes from the cache that -CachePath names' {
        Get-Completion "Get-CesarCacheEntry -CachePath '$TestDrive/none' -Source my" | Should -BeNullOrEmpty
    }
}

Describe 'Settings' {
    It 'are completed with what they do' {
        $found = Get-Completion 'Set-CesarConfiguration -Name cache-l'
        $found.CompletionText | Should -Be 'cache-limit'
        $found.ToolTip | Should -Match 'most that the cache may take'
    }

    It 'get values that fit: <name>' -ForEach @(
        @{ name = 'words'; typed = 't'; value = 'true' }
        @{ name = 'task'; typed = 'transl'; value = 'translate' }
        @{ name = 'format'; typed = 'sr'; value = 'srt' }
        @{ name = 'language'; typed = 'Ital'; value = 'Italian' }
        @{ name = 'model'; typed = 'medium.en-q5'; value = 'medium.en-q5_0' }
    ) {
        (Get-Completion "Set-CesarConfiguration -Name $name -Value $typed").CompletionText | Should -Be $value
    }
}

Describe 'A broken configuration' {
    It 'is no reason for completion to fail' {
        $before = $env:CESAR_CONFIG
        try {
            $env:CESAR_CONFIG = Write-TextFile 'broken.json'
            { Get-Completion 'Invoke-CesarTranscription -Model sm' } | Should -Not -Throw
        }
        finally {
            $env:CESAR_CONFIG = $before
        }
    }
}
