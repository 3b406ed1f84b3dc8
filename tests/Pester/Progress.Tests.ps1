# Progress records.
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

Describe 'Progress' {
    BeforeAll {
        function Get-Progress([string] $Preference, [string[]] $Path, [hashtable] $Option = @{}) {
            (Invoke-InRunspace {
                param($manifest, $files, $preference, $option)
                Import-Module $manifest
                $ProgressPreference = $preference
                Invoke-CesarTranscription -LiteralPath $files -End 4 -Language en -BeamSize 1 -NoCache -ErrorAction SilentlyContinue @option
            } (Get-BuiltManifest), $Path, $Preference, $Option).Progress | Where-Object Activity -NE 'Preparing modules for first use.'
        }
    }

    It 'is one activity for the batch, and below it one for the file that names the stage' {
        $records = Get-Progress Continue $sample
        $records[0].Activity | Should -Be 'Transcribing'
        $records[0].StatusDescription | Should -Be '0 done'
        $file = $records | Where-Object Activity -EQ 'conversation.mp3'
        $file.Count | Should -BeGreaterThan 1
        $file.ParentActivityId | Sort-Object -Unique | Should -Be $records[0].ActivityId
        $file.StatusDescription | Should -Contain 'transcribe 0:00 of 0:04'
        $file.PercentComplete | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
    }

    It 'is taken away at the end, each activity once' {
        $done = Get-Progress Continue $sample | Where-Object RecordType -EQ 'Completed'
        $done.Activity | Should -Be 'conversation.mp3', 'Transcribing'
    }

    It 'counts what is done and what failed' {
        $status = Get-Progress Continue $clip, (Write-TextFile 'bad.wav'), $clip | Where-Object Activity -EQ 'Transcribing' | ForEach-Object StatusDescription
        $status | Should -Contain '2 done, 1 failed'
    }

    It 'is taken away after an error, too' {
        $records = Get-Progress Continue (Write-TextFile 'progress.mp3')
        @($records | Where-Object RecordType -EQ 'Processing' | ForEach-Object ActivityId | Sort-Object -Unique) |
            Should -Be @($records | Where-Object RecordType -EQ 'Completed' | ForEach-Object ActivityId | Sort-Object -Unique)
    }

    It 'is taken away where the pipeline is ended by what comes after' {
        $records = (Invoke-InRunspace {
                param($manifest, $file)
                Import-Module $manifest
                $file, $file, $file | Invoke-CesarTranscription -End 6 -Language en -BeamSize 1 -NoCache | Select-Object -First 1
            } (Get-BuiltManifest), $sample).Progress
        $records[-1].RecordType | Should -Be 'Completed'
        $records[-1].Activity | Should -Be 'Transcribing'
    }

    It 'gives recordings side by side activities of their own' {
        $records = Get-Progress Continue (Copy-Recording $sample 'a.mp3', 'b.mp3', 'c.mp3') -Option @{ ThrottleLimit = 3 }
        $ids = $records | Where-Object Activity -NE 'Transcribing' | Group-Object Activity | ForEach-Object { $_.Group.ActivityId | Sort-Object -Unique }
        $ids | Should -HaveCount 3
        $ids | Sort-Object -Unique | Should -HaveCount 3
    }

    It 'is told some ten times a second at most' {
        # Ten minutes in which nothing is said: there are some five reports for each second of sound.
        $silent = Join-Path $TestDrive 'silent.mp3'
        ffmpeg -v error -nostdin -y -f lavfi -i anullsrc=r=16000:cl=mono -t 600 -b:a 8k $silent
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $records = (Invoke-InRunspace {
                param($manifest, $file)
                Import-Module $manifest
                Invoke-CesarTranscription $file -NoCache | Out-Null
            } (Get-BuiltManifest), $silent).Progress
        $stages = 3
        $records.Count | Should -BeGreaterThan 3
        $records.Count | Should -BeLessOrEqual ($watch.Elapsed.TotalSeconds * 10 + $stages + 4)
    }

    It 'is silent when $ProgressPreference says so' {
        Get-Progress SilentlyContinue $sample | Should -BeNullOrEmpty
    }
}
