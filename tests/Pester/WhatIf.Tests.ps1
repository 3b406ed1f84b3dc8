# Invoke-CesarTranscription -WhatIf: the plan, without any of the work.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestConfiguration
    $script:sample = Get-SampleRecording
    $script:clip = Copy-Clip
    # What -WhatIf prints goes to the host; a transcript of the session catches that.
    function Get-Plan([scriptblock] $Script) {
        $log = Join-Path $TestDrive "$([guid]::NewGuid()).log"
        $null = Start-Transcript -LiteralPath $log -UseMinimalHeader
        try {
            $script:came = & $Script
        }
        finally {
            $null = Stop-Transcript
        }

        @(Get-Content -LiteralPath $log | Where-Object { $_ -like 'What if: *' })
    }
}

Describe 'The plan' {
    BeforeEach {
        Use-TestCache
    }

    It 'tells of a new recording that every stage is a miss, its length, and that there is nothing to go by' {
        $plan = Get-Plan { Invoke-CesarTranscription $sample -WhatIf }
        $plan | Should -HaveCount 1
        $plan | Should -BeLike "What if: Transcribe $sample with the model base: acquire miss (absent), transcode miss (absent), transcribe miss (*); 1:04 of sound, time not known*"
    }

    It 'gives no transcript and leaves no trace' {
        $null = Get-Plan { Invoke-CesarTranscription $sample -WhatIf }
        $came | Should -BeNullOrEmpty
        Test-Path $env:CESAR_CACHE_DIR | Should -BeFalse
    }

    It 'tells of a known recording that every stage is a hit' {
        $null = Invoke-CesarTranscription $clip -Language en -BeamSize 1
        # A file that was written a moment ago is always read.
        (Get-Item $clip).LastWriteTime = (Get-Date).AddHours(-1)
        Get-Plan { Invoke-CesarTranscription $clip -Language en -BeamSize 1 -WhatIf } |
            Should -BeLike '*transcode hit, transcribe hit; 0:03 of sound, about ?.? s.'
    }

    It 'names the option that makes the difference' {
        $null = Invoke-CesarTranscription $clip -Language en -BeamSize 1
        Get-Plan { Invoke-CesarTranscription $clip -Language en -BeamSize 1 -Prompt Hello -WhatIf } | Should -BeLike '*transcode hit, transcribe miss (option differs: prompt); *'
    }

    It 'estimates the time by what earlier recordings took here' {
        $null = Invoke-CesarTranscription $sample -End 6 -Language en -BeamSize 1
        Get-Plan { Invoke-CesarTranscription $sample -End 12 -Language en -BeamSize 1 -WhatIf } | Should -Match '0:12 of sound, about \d+\.\d s\.$'
    }

    It 'names a model that would be downloaded, with its size, and downloads nothing' {
        Get-Plan { Invoke-CesarTranscription $clip -Model small -WhatIf } | Should -BeLike '*with the model small (downloads 465.0 MiB): *'
        Test-Path $env:CESAR_MODELS | Should -BeFalse
    }

    It 'tells that nothing is read with -NoCache' {
        $null = Invoke-CesarTranscription $clip -Language en -BeamSize 1
        Get-Plan { Invoke-CesarTranscription $clip -Language en -BeamSize 1 -NoCache -WhatIf } | Should -BeLike '*acquire bypassed, transcode bypassed, transcribe bypassed; *'
    }

    It 'is one for each recording, and an error for what is none' {
        $bad = Write-TextFile 'bad.mp3'
        $plan = Get-Plan { $clip, $bad, $sample | Invoke-CesarTranscription -WhatIf -ErrorVariable script:problems -ErrorAction SilentlyContinue }
        $plan | Should -HaveCount 2
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be $bad
    }

    It 'comes with $WhatIfPreference as well' {
        Get-Plan { $WhatIfPreference = $true; Invoke-CesarTranscription $clip } | Should -HaveCount 1
        $came | Should -BeNullOrEmpty
    }

    It 'refuses options that make no sense' {
        { Invoke-CesarTranscription $clip -Language Klingon -WhatIf } | Should -Throw -ErrorId 'LanguageUnknown,*'
        { Invoke-CesarTranscription $clip -Model smal -WhatIf } | Should -Throw -ErrorId 'ModelUnknown,*'
        { Invoke-CesarTranscription $clip -Playlist -CookiePath (Join-Path $TestDrive 'none.txt') -WhatIf } | Should -Throw -ErrorId 'CookiesNotFound,*'
    }
}
