# Every way to name a recording.
BeforeDiscovery {
    $script:onWindows = $IsWindows
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

Describe 'Paths' {
    It 'takes wildcards, and folders that match are left out' {
        $null = Copy-Recording $clip 'wild/a.wav', 'wild/b.wav', 'wild/folder.wav/c.txt'
        $found = Invoke-CesarTranscription (Join-Path $TestDrive 'wild/*.wav') @quick -ErrorVariable problems
        $found.Source | Split-Path -Leaf | Should -Be 'a.wav', 'b.wav'
        $problems | Should -BeNullOrEmpty
    }

    It 'warns where a wildcard matches nothing' {
        Invoke-CesarTranscription (Join-Path $TestDrive 'none-*.wav') -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -Match 'No file matches .*none-\*\.wav'
    }

    It 'takes a name with [1] as it is with -LiteralPath' {
        $file = Copy-Recording $clip 'take [1].wav'
        (Invoke-CesarTranscription -LiteralPath $file @quick).Source | Should -Be $file
    }

    It 'takes a name with [1] as it is where it is escaped' {
        $file = Copy-Recording $clip 'escaped [1].wav'
        (Invoke-CesarTranscription ([WildcardPattern]::Escape($file)) @quick).Source | Should -Be $file
    }

    It 'takes files from Get-ChildItem, those with [1] in the name too' {
        $null = Copy-Recording $clip 'listed/one [1].wav', 'listed/two.wav'
        (Get-ChildItem (Join-Path $TestDrive 'listed') | Invoke-CesarTranscription @quick).Source | Split-Path -Leaf |
            Should -Be 'one [1].wav', 'two.wav'
    }

    It 'takes strings from the pipeline' {
        ($clip, $clip | Invoke-CesarTranscription @quick).Source | Should -Be $clip, $clip
    }

    It 'takes objects with a property FullName or Path' {
        $objects = [pscustomobject]@{ FullName = $clip }, [pscustomobject]@{ Path = $clip }
        ($objects | Invoke-CesarTranscription @quick).Source | Should -Be $clip, $clip
    }

    It 'goes by the current location for a relative path' {
        $file = Copy-Recording $clip 'here/rel.wav'
        Push-Location (Split-Path $file)
        try {
            (Invoke-CesarTranscription rel.wav @quick).Source | Should -Be $file
            (Invoke-CesarTranscription -LiteralPath ./rel.wav @quick).Source | Should -Be $file
        }
        finally {
            Pop-Location
        }
    }

    It 'takes a path on a drive of PowerShell' {
        $file = Copy-Recording $clip 'drive.wav'
        (Invoke-CesarTranscription TestDrive:/drive.wav @quick).Source | Should -Be $file
    }

    It 'refuses <path>, which is no file, with an error of its own' -ForEach @(
        @{ path = 'Env:/PATH' }, @{ path = 'Variable:/HOME' }, @{ path = 'Function:/*' }
    ) {
        Invoke-CesarTranscription $path -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "PathNotFile,$ids"
        $problems[0].TargetObject | Should -Be $path
        $problems[0].Exception.Message | Should -Match 'provider (Environment|Variable|Function)'
    }

    It 'takes a path relative to a drive of PowerShell, however deep' {
        $null = Copy-Recording $clip 'deep/er/in.wav'
        $null = New-PSDrive -Name Talks -PSProvider FileSystem -Root (Join-Path $TestDrive 'deep')
        try {
            Push-Location Talks:/er
            (Invoke-CesarTranscription ./in.wav @quick).Source | Should -Be (Join-Path $TestDrive 'deep/er/in.wav')
            (Invoke-CesarTranscription Talks:/er/*.wav @quick).Source | Should -Be (Join-Path $TestDrive 'deep/er/in.wav')
        }
        finally {
            Pop-Location
            Remove-PSDrive Talks
        }
    }

    It 'takes a path with its provider before it' {
        (Invoke-CesarTranscription "Microsoft.PowerShell.Core\FileSystem::$clip" @quick).Source | Should -Be $clip
    }

    It 'takes objects of Select-Object and of a hash table by their property LiteralPath' {
        ([pscustomobject]@{ LiteralPath = $clip } | Invoke-CesarTranscription @quick).Source | Should -Be $clip
    }

    It 'reads [1] in -Path as the pattern that it is' {
        $null = Copy-Recording $clip 'pattern/take1.wav', 'pattern/take2.wav'
        (Invoke-CesarTranscription (Join-Path $TestDrive 'pattern/take[2].wav') @quick).Source | Split-Path -Leaf | Should -Be 'take2.wav'
    }

    It 'takes several paths at once, and each as often as it is named' {
        (Invoke-CesarTranscription -LiteralPath $clip, $clip @quick) | Should -HaveCount 2
    }

    It 'refuses a folder with an error about it' {
        Invoke-CesarTranscription -LiteralPath $TestDrive -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "InputIsDirectory,$ids"
    }

    It 'refuses the registry' -Skip:(-not $onWindows) {
        Invoke-CesarTranscription 'HKCU:/Software' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "PathNotFile,$ids"
    }

    It 'takes a UNC path' -Skip:(-not $onWindows) {
        $share = '\\localhost\' + $clip.Replace(':', '$')
        (Invoke-CesarTranscription -LiteralPath $share @quick).Text | Should -Not -BeNullOrEmpty
    }

    It 'says that a drive does not exist, and goes on' {
        $found = Invoke-CesarTranscription 'nosuch:/a.wav', $clip @quick -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "DriveNotFound,$ids"
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

# What comes of an address is another matter; here it is only taken for one.
Describe 'Addresses' {
    It 'are not taken for paths: <how>' -ForEach @(
        @{ how = 'piped as text'; call = { $address | Invoke-CesarTranscription @args } }
        @{ how = 'piped as System.Uri'; call = { [uri] $address | Invoke-CesarTranscription @args } }
        @{ how = 'given to -Path'; call = { Invoke-CesarTranscription $address @args } }
        @{ how = 'given to -LiteralPath'; call = { Invoke-CesarTranscription -LiteralPath $address @args } }
        @{ how = 'given to -Uri'; call = { Invoke-CesarTranscription -Uri $address @args } }
        @{ how = 'given to -Uri as System.Uri'; call = { Invoke-CesarTranscription -Uri ([uri] $address) @args } }
        @{ how = 'piped as a property Uri'; call = { [pscustomobject]@{ Uri = $address } | Invoke-CesarTranscription @args } }
        @{ how = 'piped as a property Url'; call = { [pscustomobject]@{ Url = $address } | Invoke-CesarTranscription @args } }
    ) {
        # Nothing is fetched from such an address: it is refused for what it is.
        $address = 'ftp://cesar.invalid/talk[1]%20.mp3?part=*'
        . $call -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Not -Match 'Drive|Path|Wildcard'
        # Without its query, which may hold a secret.
        $problems[0].TargetObject | Should -Be ($address -replace '\?.*')
        $problems[0].Exception | Should -BeOfType ([CesarPS.Engine.CesarException])
    }

    It 'give way to a drive of that name' {
        $null = New-PSDrive -Name https -PSProvider FileSystem -Root $TestDrive
        try {
            (Invoke-CesarTranscription "https://$(Split-Path $clip -Leaf)" @quick).Source | Should -Be $clip
        }
        finally {
            Remove-PSDrive https
        }
    }
}
