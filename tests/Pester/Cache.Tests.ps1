# The cmdlets for the cache.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestConfiguration
    $script:clip = Copy-Clip
    $script:other = Copy-Recording (Copy-Clip 'made.wav') 'another talk.wav'
    # Another sound: a second less.
    ffmpeg -v error -nostdin -y -i $clip -t 2 $other
    $script:commands = 'CesarPS.Commands'

    # A cache with the results of two recordings, made once and copied for each test.
    Use-TestCache
    $script:full = $env:CESAR_CACHE_DIR
    $null = $clip, $other | Invoke-CesarTranscription -Language en -BeamSize 1
    function Use-FullCache {
        Use-TestCache
        Copy-Item -LiteralPath $full $env:CESAR_CACHE_DIR -Recurse
    }
}

Describe 'Get-CesarCache' {
    It 'tells of a cache that there is not yet' {
        Use-TestCache
        $info = Get-CesarCache
        $info | Should -BeOfType ([CesarPS.CacheInfo])
        $info.Directory | Should -Be $env:CESAR_CACHE_DIR
        $info.Entries | Should -Be 0
        $info.Status | Should -Be 'Cold'
        $info.HitRate | Should -BeNullOrEmpty
        Test-Path $env:CESAR_CACHE_DIR | Should -BeFalse
    }

    It 'tells size, limit, share and entries of each stage' {
        Use-FullCache
        $info = Get-CesarCache
        $info.Entries | Should -Be (Get-CesarCacheEntry).Count
        ($info.Stages | Measure-Object Entries -Sum).Sum | Should -Be $info.Entries
        ($info.Stages | Where-Object Stage -EQ 'transcribe').Entries | Should -Be 2
        $info.Bytes | Should -BeGreaterThan 0
        $info.SizeLimit | Should -Be 10000000000
        $info.Share | Should -Be ($info.Bytes / $info.SizeLimit)
        $info.Oldest | Should -BeLessOrEqual $info.Newest
    }

    It 'counts hits and misses and the time that hits spared' {
        Use-FullCache
        $before = Get-CesarCache
        $null = Invoke-CesarTranscription $clip -Language en -BeamSize 1
        $after = Get-CesarCache
        $after.Hits | Should -BeGreaterThan $before.Hits
        $after.TimeSaved | Should -BeGreaterThan $before.TimeSaved
        $after.HitRate | Should -BeGreaterThan 0
    }

    It 'looks at another folder with -CachePath, relative to where PowerShell is' {
        Use-TestCache
        Push-Location (Split-Path $full)
        try {
            (Get-CesarCache -CachePath (Split-Path $full -Leaf)).Entries | Should -BeGreaterThan 0
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses a folder that is a file' {
        { Get-CesarCache -CachePath $clip } | Should -Throw -ErrorId "CacheFolderInvalid,$commands.GetCesarCacheCommand"
    }

    It 'shows sizes and times that can be read' {
        Use-FullCache
        $shown = Get-CesarCache | Get-ShownText
        $shown | Should -Match 'Size\s+: \d+\.\d KiB, under 1 % of the limit of 10 GB'
        $shown | Should -Match 'Stages\s+: .*transcribe: 2 entries'
        $shown | Should -Match 'Status\s+: (Warming|Warm)'
    }
}

Describe 'Get-CesarCacheEntry' {
    BeforeAll {
        Use-FullCache
    }

    It 'gives all entries as objects, the newest first' {
        $entries = Get-CesarCacheEntry
        $entries | ForEach-Object { $_ | Should -BeOfType ([CesarPS.CacheEntry]) }
        $entries.Created | Should -Be ($entries.Created | Sort-Object -Descending)
        "$($entries[0])" | Should -Be $entries[0].Key
    }

    It 'gives those of a -Stage' {
        (Get-CesarCacheEntry -Stage transcribe).Stage | Should -Be 'transcribe', 'transcribe'
    }

    It 'gives those whose -Source fits <pattern>' -ForEach @(@{ pattern = 'another*' }, @{ pattern = 'ANOTHER TALK.WAV' }, @{ pattern = '*/another talk.wav' }) {
        $found = Get-CesarCacheEntry -Source $pattern
        $found.Source | Sort-Object -Unique | Should -Be $other
    }

    It 'gives those of both a -Stage and a -Source' {
        Get-CesarCacheEntry -Stage transcribe -Source clip.wav | Should -HaveCount 1
    }

    It 'gives those -LargerThan a size' {
        $entries = Get-CesarCacheEntry
        $median = ($entries.Bytes | Sort-Object)[[int]($entries.Count / 2)]
        (Get-CesarCacheEntry -LargerThan $median).Count | Should -Be @($entries | Where-Object Bytes -GT $median).Count
        Get-CesarCacheEntry -LargerThan 1MB | Should -BeNullOrEmpty
        Get-CesarCacheEntry -LargerThan '1.5MiB' | Should -BeNullOrEmpty
    }

    It 'gives those -OlderThan <age>' -ForEach @(@{ age = '30d' }, @{ age = '1d12h' }, @{ age = [timespan]::FromHours(2) }) {
        Get-CesarCacheEntry -OlderThan $age | Should -BeNullOrEmpty
    }

    It 'gives those that are older than no time at all' {
        (Get-CesarCacheEntry -OlderThan 0s).Count | Should -Be (Get-CesarCache).Entries
    }

    It 'takes 30d unquoted, which PowerShell reads as a number' {
        Get-CesarCacheEntry -OlderThan 30d | Should -BeNullOrEmpty
    }

    It 'refuses the age <age>, which says no unit' -ForEach @(@{ age = 30 }, @{ age = '30' }) {
        { Get-CesarCacheEntry -OlderThan $age } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*no unit*30d*'
    }

    It 'gives the entry of a -Key, whole or its beginning, from the pipeline too' {
        $entry = Get-CesarCacheEntry -Stage transcribe | Select-Object -First 1
        (Get-CesarCacheEntry $entry.Key).Key | Should -Be $entry.Key
        (Get-CesarCacheEntry -Key $entry.ShortKey).Key | Should -Be $entry.Key
        ($entry | Get-CesarCacheEntry).Key | Should -Be $entry.Key
    }

    It 'says of a key that there is not that it is not there, and finds the others' {
        $entry = Get-CesarCacheEntry -Stage transcribe | Select-Object -First 1
        (Get-CesarCacheEntry -Key 'zzzz', $entry.Key -ErrorVariable problems -ErrorAction SilentlyContinue).Key | Should -Be $entry.Key
        $problems[0].FullyQualifiedErrorId | Should -Be "CacheKeyUnknown,$commands.GetCesarCacheEntryCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'zzzz'
    }

    It 'refuses a stage that there is not, with the nearest one' {
        { Get-CesarCacheEntry -Stage transcibe } | Should -Throw -ErrorId "StageUnknown,$commands.GetCesarCacheEntryCommand" -ExpectedMessage "*Did you mean 'transcribe'?*"
    }

    It 'shows the beginning of the key, the size, the age and the source' {
        $row = (Get-CesarCacheEntry -Stage transcribe | Get-ShownText -Width 200) -split "`n" | Select-Object -Last 1
        $row | Should -Match '^[0-9a-f]{12} transcribe +\d+(\.\d)? (B|KiB) +\d+\.\d s (just now|\d+ seconds? ago|\d+ minutes? ago) +\S'
    }
}

Describe 'Clear-CesarCache' {
    BeforeEach {
        Use-FullCache
    }

    It 'removes the entries of a stage, and says what became free' {
        $before = Get-CesarCache
        $freed = Clear-CesarCache -Stage window
        $freed | Should -BeOfType ([CesarPS.CacheClearance])
        $freed.Removed.Stage | Sort-Object -Unique | Should -Be 'window'
        $freed.Bytes | Should -Be ($before.Bytes - (Get-CesarCache).Bytes)
        Get-CesarCacheEntry -Stage window | Should -BeNullOrEmpty
    }

    It 'removes what was made from a recording' {
        $null = Clear-CesarCache -Source 'another*'
        (Get-CesarCacheEntry).Source | Sort-Object -Unique | Should -Be $clip
    }

    It 'removes what is larger than a size, or older than an age' {
        (Clear-CesarCache -LargerThan 1GB).Removed | Should -HaveCount 0
        (Clear-CesarCache -OlderThan 30d).Removed | Should -HaveCount 0
        (Clear-CesarCache -OlderThan 0s -Stage transcribe).Removed.Count | Should -BeGreaterThan 0
    }

    It 'removes until the rest takes no more than a size' {
        $null = Clear-CesarCache -ToSize 1KB
        (Get-CesarCache).Bytes | Should -BeLessOrEqual 1KB
    }

    It 'removes the entries of the pipeline, and no others' {
        $entry = Get-CesarCacheEntry -Stage transcribe | Select-Object -First 1
        $freed = $entry | Clear-CesarCache
        $freed.Removed.Key | Should -Be $entry.Key
        (Get-CesarCacheEntry -Stage transcribe) | Should -HaveCount 1
    }

    It 'does nothing for a pipeline without entries' {
        Get-CesarCacheEntry -Source nothing | Clear-CesarCache | Should -BeNullOrEmpty
    }

    It 'removes everything with -All -Force, without a question' {
        (Clear-CesarCache -All -Force).Removed.Count | Should -BeGreaterThan 5
        (Get-CesarCache).Entries | Should -Be 0
    }

    It 'removes everything with -All -Confirm:$false' {
        $null = Clear-CesarCache -All -Confirm:$false
        (Get-CesarCache).Entries | Should -Be 0
    }

    It 'asks before it removes everything: where nobody can answer it removes nothing' {
        $said = Invoke-InNewPowerShell "Import-Module '$(Get-BuiltManifest)'; Clear-CesarCache -All"
        $said | Should -Match 'NonInteractive'
        (Get-CesarCache).Entries | Should -BeGreaterThan 0
    }

    It 'does not ask before it removes everything where $ConfirmPreference says so' {
        & { $ConfirmPreference = 'None'; $null = Clear-CesarCache -All }
        (Get-CesarCache).Entries | Should -Be 0
    }

    It 'removes nothing with -WhatIf' {
        $before = (Get-CesarCache).Entries
        Clear-CesarCache -All -WhatIf | Should -BeNullOrEmpty
        Clear-CesarCache -Stage window -WhatIf | Should -BeNullOrEmpty
        (Get-CesarCache).Entries | Should -Be $before
    }

    It 'refuses to guess what is to go' {
        { Clear-CesarCache } | Should -Throw -ErrorId "NothingSelected,$commands.ClearCesarCacheCommand" -ExpectedMessage '*-All*'
        { Clear-CesarCache -All:$false -Force } | Should -Throw -ErrorId "NothingSelected,$commands.ClearCesarCacheCommand"
        (Get-CesarCache).Entries | Should -BeGreaterThan 0
        { Clear-CesarCache -All -Stage window } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Clear-CesarCache -ToSize 1MB -Stage window } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'refuses a stage that there is not' {
        { Clear-CesarCache -Stage windows } | Should -Throw -ErrorId "StageUnknown,$commands.ClearCesarCacheCommand"
    }

    It 'shows what was removed and what became free' {
        Clear-CesarCache -Stage window | Get-ShownText | Should -Match 'Removed\s+Freed\s+InUse\n.*\n\s+\d+\s+\d+(\.\d)? (B|KiB)\s+0'
    }
}

Describe 'Set-CesarCache' {
    BeforeEach {
        Use-FullCache
        Use-TestConfiguration
    }

    It 'sets the limit for good' {
        Set-CesarCache -SizeLimit 5GB
        (Get-CesarCache).SizeLimit | Should -Be 5GB
        Get-Content $env:CESAR_CONFIG -Raw | Should -Match '"cache-limit": "5368709120"'
    }

    It 'takes the limit <given>' -ForEach @(@{ given = 123456; bytes = 123456 }, @{ given = '2GB'; bytes = 2GB }, @{ given = '1.5GiB'; bytes = 1610612736 }) {
        (Set-CesarCache -SizeLimit $given -PassThru).SizeLimit | Should -Be $bytes
    }

    It 'makes room at once' {
        Set-CesarCache -SizeLimit 1KB
        (Get-CesarCache).Bytes | Should -BeLessOrEqual 1KB
    }

    It 'makes no more room than the limit wants that a variable of the environment says' {
        $before = Get-CesarCache
        $env:CESAR_CACHE_LIMIT = '5GB'
        try {
            Set-CesarCache -SizeLimit 1KB -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Match 'CESAR_CACHE_LIMIT'
            (Get-CesarCache).Entries | Should -Be $before.Entries
        }
        finally {
            $env:CESAR_CACHE_LIMIT = $null
        }
    }

    It 'sets the folder, and leaves the one before as it is' {
        $before = $env:CESAR_CACHE_DIR
        $env:CESAR_CACHE_DIR = $null
        $folder = Join-Path $TestDrive 'moved cache'
        (Set-CesarCache -Path $folder -PassThru).Directory | Should -Be $folder
        (Get-CesarCache).Entries | Should -Be 0
        (Get-CesarCache -CachePath $before).Entries | Should -BeGreaterThan 0
    }

    It 'warns where a variable of the environment wins' {
        Set-CesarCache -Path (Join-Path $TestDrive 'ignored') -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match 'CESAR_CACHE_DIR'
    }

    It 'sets nothing with -WhatIf' {
        Set-CesarCache -SizeLimit 1KB -WhatIf
        $env:CESAR_CONFIG | Should -Not -Exist
        (Get-CesarCache).Bytes | Should -BeGreaterThan 1KB
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a negative limit'; arguments = @{ SizeLimit = -1 }; id = 'ParameterArgumentValidationError,*' }
        @{ what = 'a limit that is none'; arguments = @{ SizeLimit = 'much' }; id = 'CannotConvertArgumentNoMessage,*' }
    ) {
        { Set-CesarCache @arguments } | Should -Throw -ErrorId $id
        $env:CESAR_CONFIG | Should -Not -Exist
    }

    It 'refuses a folder that is a file, and writes nothing down' {
        { Set-CesarCache -Path $clip } | Should -Throw -ErrorId "CacheFolderInvalid,$commands.SetCesarCacheCommand"
        $env:CESAR_CONFIG | Should -Not -Exist
    }
}

Describe 'Test-CesarCache' {
    BeforeEach {
        Use-FullCache
    }

    It 'reads every entry and finds nothing wrong' {
        $tested = Test-CesarCache
        $tested | Should -BeOfType ([CesarPS.CacheVerification])
        $tested.IsSound | Should -BeTrue
        $tested.Checked | Should -Be (Get-CesarCache).Entries
        $tested.Bytes | Should -BeGreaterThan 0
        Test-CesarCache -Quiet | Should -BeTrue
    }

    It 'finds a damaged entry and leaves it where it is' {
        $record = Get-ChildItem (Join-Path $env:CESAR_CACHE_DIR 'v1/act') -Recurse -File | Select-Object -First 1
        [IO.File]::WriteAllText($record, 'damaged')
        $tested = Test-CesarCache
        $tested.IsSound | Should -BeFalse
        $tested.Problems[0].Kind | Should -Be 'RecordDamaged'
        $record.FullName | Should -Exist
        Test-CesarCache -Quiet | Should -BeFalse
        $tested | Get-ShownText | Should -Match 'Problems\s+: .*RecordDamaged'
    }

    It 'mends it with -Repair, after which all is well' {
        $record = Get-ChildItem (Join-Path $env:CESAR_CACHE_DIR 'v1/act') -Recurse -File | Select-Object -First 1
        [IO.File]::WriteAllText($record, 'damaged')
        (Test-CesarCache -Repair).Repaired | Should -BeTrue
        (Test-CesarCache).Problems | Should -HaveCount 0
    }

    It 'ends with -Repair for a configuration that is damaged with the error of the engine' {
        $before = $env:CESAR_CONFIG
        try {
            $env:CESAR_CONFIG = Write-TextFile 'broken.json'
            { Test-CesarCache -Repair } | Should -Throw -ErrorId "ConfigurationFileInvalid,$commands.TestCesarCacheCommand"
        }
        finally {
            $env:CESAR_CONFIG = $before
        }
    }

    It 'only looks with -Repair -WhatIf' {
        $record = Get-ChildItem (Join-Path $env:CESAR_CACHE_DIR 'v1/act') -Recurse -File | Select-Object -First 1
        [IO.File]::WriteAllText($record, 'damaged')
        (Test-CesarCache -Repair -WhatIf).Repaired | Should -BeFalse
        $record.FullName | Should -Exist
    }
}
