# The pipeline: what comes when, and what is said beside it.
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

Describe 'Streams' {
    It 'give the first transcript before the second recording is begun' {
        $file = Copy-Recording $clip 'now.wav'
        # The second recording is made by what receives the first transcript.
        $late = Join-Path $TestDrive 'late.wav'
        Invoke-CesarTranscription -LiteralPath $file, $late @quick -ErrorAction Stop |
            ForEach-Object { [IO.File]::Copy($clip, $late, $true); $_.Source } | Should -Be $file, $late
    }

    It 'end with Select-Object -First 1: what follows is never looked at' {
        $bad = Write-TextFile 'never.wav'
        $clip, $bad | Invoke-CesarTranscription @quick -ErrorVariable problems -ErrorAction SilentlyContinue |
            Select-Object -First 1 | Should -HaveCount 1
        $problems | Should -BeNullOrEmpty
    }

    It 'let the pipeline stop in the midst of several recordings' {
        $files = Copy-Recording $clip 'stop/1.wav', 'stop/2.wav', 'stop/3.wav', 'stop/4.wav'
        $files | Invoke-CesarTranscription @quick -ThrottleLimit 2 | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'pass transcripts on to what formats and writes them' {
        $folder = Join-Path $TestDrive 'written'
        Get-ChildItem $clip | Invoke-CesarTranscription @quick | Export-CesarTranscript $folder -Format srt
        Join-Path $folder 'clip.srt' | Should -FileContentMatch '00:00:0\d,\d{3} --> 00:00:0\d,\d{3}'
    }

    It 'tell of each stage with -Verbose whether it was found, and what was saved' {
        $null = Invoke-CesarTranscription $clip @quick
        $said = Invoke-CesarTranscription $clip @quick -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said[-1].Message | Should -Match 'clip\.wav: acquire \w+ \(.+\), transcode hit \(.+\), transcribe hit \(saved [\d.:]+( s)?\)$'
        $said.Message -match '^\[CACHE HIT\].* transcribe \(.+ old, saved .+\)$' | Should -HaveCount 1
    }

    It 'tell with -Verbose why nothing was found' {
        $null = Invoke-CesarTranscription $clip @quick
        $said = Invoke-CesarTranscription $clip -Language en -BeamSize 2 -Verbose 4>&1
        $said.Message -match '^\[CACHE MISS\].* transcribe \(option differs: .*beam.*; took .+\)$' | Should -HaveCount 1
    }

    It 'carry the transcript alone without -Verbose' {
        Invoke-CesarTranscription $clip @quick *>&1 | Should -BeOfType ([CesarPS.Transcript])
    }

    It 'are all that is written: nothing goes to the console past the host' {
        $result = Invoke-InRunspace {
            param($manifest, $file)
            Import-Module $manifest
            Invoke-CesarTranscription $file -Language en -BeamSize 1 -InformationVariable told
            Get-CesarCache
            $told.Count
        } (Get-BuiltManifest), $clip
        $result.Output[-1] | Should -Be 0
        $result.Output | Should -HaveCount 3
        $result.Error, $result.Warning, $result.Verbose | ForEach-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'warn of a recording that is cut off, and transcribe what is there' {
        $cut = Join-Path $TestDrive 'cut.wav'
        $bytes = [IO.File]::ReadAllBytes($clip)
        [IO.File]::WriteAllBytes($cut, $bytes[0..([int]($bytes.Length * 0.75))])
        $transcript = Invoke-CesarTranscription $cut @quick -WarningVariable warnings -WarningAction SilentlyContinue
        $transcript.Text | Should -Not -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -Match 'cut\.wav is cut off'
        { Invoke-CesarTranscription $cut @quick -WarningAction Stop } | Should -Throw -ErrorId "ActionPreferenceStop,$ids"
    }
}

Describe 'Several recordings side by side' {
    It 'give each its transcript, whatever the order' {
        $files = Copy-Recording $clip 'side/1.wav', 'side/2.wav', 'side/3.wav', 'side/4.wav', 'side/5.wav'
        $found = $files | Invoke-CesarTranscription @quick -ThrottleLimit 3
        $found.Source | Sort-Object | Should -Be $files
    }

    It 'give one error for a bad one among them, and the others are done' {
        $files = Copy-Recording $clip 'mixed/1.wav', 'mixed/3.wav'
        $bad = Write-TextFile 'mixed/2.wav'
        $found = $files[0], $bad, $files[1] | Invoke-CesarTranscription @quick -ThrottleLimit 4 -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Source | Sort-Object | Should -Be $files
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be $bad
    }

    It 'work once on what is the same' {
        Use-TestCache
        $files = Copy-Recording $clip 'same/1.wav', 'same/2.wav'
        $null = $files | Invoke-CesarTranscription @quick -ThrottleLimit 2
        (Get-CesarCacheEntry -Stage transcribe) | Should -HaveCount 1
    }

    It 'end together where something before them in the pipeline fails' {
        $files = Copy-Recording $clip 'fail/1.wav', 'fail/2.wav'
        { & { $files[0]; $files[1]; throw 'The list broke off.' } | Invoke-CesarTranscription -NoCache -ThrottleLimit 4 } | Should -Throw 'The list broke off.'
    }

    It 'are at least one' {
        { Invoke-CesarTranscription $clip -ThrottleLimit 0 } | Should -Throw -ErrorId "ParameterArgumentValidationError,$ids"
    }
}

Describe 'A stopped pipeline' {
    It 'ends long before the work would, and leaves no program behind' -Skip:(-not $onUnix) {
        $long = Join-Path $TestDrive 'long.mp3'
        ffmpeg -v error -nostdin -stream_loop 200 -i $sample -c copy $long
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest, $file) Import-Module $manifest; Invoke-CesarTranscription $file').
                AddArgument((Get-BuiltManifest)).AddArgument($long)
            $running = $shell.BeginInvoke()
            # Mid-way through converting.
            while ($shell.Streams.Progress.Count -lt 3 -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 5 }
            Get-ChildProcess | Should -Contain 'ffmpeg'

            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            # Minutes are left of the work.
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            while ((Get-ChildProcess) -contains 'ffmpeg' -and $watch.Elapsed.TotalSeconds -lt 40) { Start-Sleep -Milliseconds 20 }
            Get-ChildProcess | Should -Not -Contain 'ffmpeg'
        }
        finally {
            $shell.Dispose()
        }
    }
    It 'keeps the windows that were finished, and no half of anything' -Skip:(-not $onUnix) {
        Use-TestCache
        $long = Join-Path $TestDrive 'windows.wav'
        ffmpeg -v error -nostdin -y -stream_loop 1 -i $sample -ac 1 -ar 16000 $long
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest, $file) Import-Module $manifest; Invoke-CesarTranscription $file -Language en -BeamSize 1').
                AddArgument((Get-BuiltManifest)).AddArgument($long)
            $running = $shell.BeginInvoke()
            while (-not (Get-CesarCacheEntry -Stage window) -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }

        (Get-CesarCacheEntry -Stage window).Count | Should -BeGreaterThan 0
        Get-CesarCacheEntry -Stage transcribe | Should -BeNullOrEmpty
        (Test-CesarCache).Problems | Should -BeNullOrEmpty
        Get-ChildItem (Join-Path $env:CESAR_CACHE_DIR 'v1/tmp') -Recurse -File -ErrorAction Ignore | Where-Object Length -GT 0 | Should -BeNullOrEmpty
        (Get-CesarCache).Working | Should -HaveCount 0
    }

    It 'leaves no runspace and no thread of the pipeline behind' {
        $before = @(Get-Runspace).Count
        foreach ($turn in 1..3) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript('param($manifest, $file) Import-Module $manifest; Invoke-CesarTranscription $file -NoCache').
                AddArgument((Get-BuiltManifest)).AddArgument($sample)
            $running = $shell.BeginInvoke()
            while ($shell.Streams.Progress.Count -lt 1 -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 5 }
            $shell.Stop()
            $shell.Dispose()
        }

        @(Get-Runspace).Count | Should -Be $before
    }
}
