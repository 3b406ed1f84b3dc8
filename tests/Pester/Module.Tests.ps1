# The module in a session: what importing it brings, and what other modules and runspaces do to it.
BeforeDiscovery {
    $script:hasAnalyzer = [bool](Get-Module -ListAvailable PSScriptAnalyzer)
    $script:onWindows = $IsWindows
    $script:hasThreadJob = [bool](Get-Command Start-ThreadJob -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    $script:manifest = Get-BuiltManifest
    $script:root = Get-RepositoryRoot
    $script:sample = Join-Path $root 'samples/conversation.mp3'
    Use-TestCache
    Use-TestConfiguration
    $script:names = @(
        'Clear-CesarCache', 'Export-CesarTranscript', 'Get-CesarCache', 'Get-CesarCacheEntry', 'Get-CesarConfiguration', 'Get-CesarModel', 'Import-CesarTranscript',
        'Invoke-CesarTranscription', 'Remove-CesarModel', 'Save-CesarModel', 'Set-CesarCache', 'Set-CesarConfiguration', 'Test-CesarCache', 'Test-CesarEnvironment')
}

Describe 'The manifest' {
    It 'of the built module passes Test-ModuleManifest without a warning' {
        $tested = Test-ModuleManifest $manifest -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $tested.CompatiblePSEditions | Should -Be 'Core'
        $tested.ExportedCmdlets.Keys | Sort-Object | Should -Be $names
    }

    It 'at the root passes as well, once the module is built' {
        (Test-ModuleManifest (Join-Path $root 'CesarPS.psd1') -WarningVariable warnings).Name | Should -Be 'CesarPS'
        $warnings | Should -BeNullOrEmpty
    }

    It 'says what a gallery shows: description, tags, licence, project and release notes' {
        $shown = Test-ModuleManifest $manifest
        $shown.Description.Length | Should -BeGreaterThan 50
        $shown.Tags.Count | Should -BeGreaterThan 5
        $shown.LicenseUri | Should -Match '^https:'
        $shown.ProjectUri | Should -Match '^https:'
        $shown.ReleaseNotes | Should -Not -BeNullOrEmpty
    }

    It 'exports no pattern: PowerShell knows every name without loading the module' {
        $data = Import-PowerShellDataFile $manifest
        foreach ($kind in 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $data.ContainsKey($kind) | Should -BeTrue
            $data[$kind] -match '[*?]' | Should -BeNullOrEmpty
        }
    }
}

Describe 'Importing' {
    It 'exports its cmdlets, by their names, and nothing else' {
        $module = Import-Module $manifest -Force -PassThru
        $module.ExportedCommands.Keys | Sort-Object | Should -Be $names
        $module.ExportedVariables.Count | Should -Be 0
        (Import-PowerShellDataFile $manifest).CmdletsToExport -match '[*?]' | Should -BeNullOrEmpty
    }

    It 'writes nothing, warns of nothing, and works twice with -Force' {
        Import-Module $manifest -Force *>&1 | Should -BeNullOrEmpty
        Import-Module $manifest -Force *>&1 | Should -BeNullOrEmpty
        (Invoke-CesarTranscription $sample -End 3 -Language en -BeamSize 1).Duration.TotalSeconds | Should -Be 3
    }

    It 'works from the manifest at the root of the clone' {
        $atRoot = Join-Path $root 'CesarPS.psd1'
        Invoke-InNewPowerShell "Import-Module '$atRoot'; (Invoke-CesarTranscription '$sample' -End 3 -Language en -BeamSize 1).GetType().FullName" |
            Should -BeLike 'CesarPS.Transcript*'
    }

    It 'works from a copy of the module in another folder, with spaces in its name' {
        $copy = Join-Path $TestDrive 'My own modules/CesarPS'
        $null = New-Item -ItemType Directory $copy
        Copy-Item (Join-Path (Split-Path $manifest) '*') $copy -Recurse
        Invoke-InNewPowerShell "Import-Module '$copy'; (Invoke-CesarTranscription '$sample' -End 3 -Language en -BeamSize 1).GetType().FullName" |
            Should -BeLike 'CesarPS.Transcript*'
    }

    It 'brings every cmdlet that is compiled: none is forgotten in the manifest' {
        $compiled = [CesarPS.Commands.CesarCommand].Assembly.GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $compiled | Sort-Object | Should -Be $names
    }

    It 'brings cmdlets with approved verbs, singular nouns and a type of what comes out' {
        $verbs = (Get-Verb).Verb
        foreach ($command in Get-Command -Module CesarPS) {
            $command.Verb | Should -BeIn $verbs
            $command.Noun | Should -Match '^Cesar[A-Z]\w*[^s]$'
            if ($command.Verb -ne 'Remove') {
                $command.OutputType.Name | Should -Match '^(CesarPS\.\w+|bool|System\.Boolean)$'
            }
        }
    }

    It 'brings types that a script can name' {
        foreach ($name in 'Transcript', 'Segment', 'Word', 'StageReport', 'CacheInfo', 'CacheEntry', 'CacheClearance', 'CacheVerification', 'ModelInfo', 'ConfigurationValue', 'Finding') {
            "CesarPS.$name" -as [type] | Should -Not -BeNullOrEmpty -Because "a script writes [CesarPS.$name]"
        }
    }

    It 'has syntax that names each way to give a recording' {
        Import-Module $manifest -Force
        (Get-Command Invoke-CesarTranscription).ParameterSets.Name | Sort-Object | Should -Be 'LiteralPath', 'Path', 'Uri'
        (Get-Command Invoke-CesarTranscription).OutputType.Name | Should -Be 'CesarPS.Transcript'
    }
}

Describe 'Beside a module with another version of a library' {
    BeforeAll {
        $script:older = Join-Path $PSScriptRoot 'OlderLogging/bin/Release/net8.0/OlderLogging.dll'
        $script:transcribe = "(Invoke-CesarTranscription '$sample' -End 3 -Language en -BeamSize 1).GetType().FullName"
        $script:loaded = '[AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq "Microsoft.Extensions.Logging.Abstractions" }.' +
            'ForEach{ [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name + " " + $_.GetName().Version } | Sort-Object'
    }

    It 'works where the older version was loaded first' {
        $said = Invoke-InNewPowerShell "Import-Module '$older'; (Get-OlderLogging).ToString(); Import-Module '$manifest'; $transcribe; $loaded; (Get-OlderLogging).ToString()"
        $said | Should -Match '^6\.0\.0\.0\s+CesarPS\.Transcript\s+CesarPS 8\.0\.0\.0\s+Default 6\.0\.0\.0\s+6\.0\.0\.0\s*$'
    }

    It 'loads nothing of others into the default context, and leaves the older version to the other module where that comes later' {
        $said = Invoke-InNewPowerShell "Import-Module '$manifest'; $transcribe; $loaded; Import-Module '$older'; (Get-OlderLogging).ToString(); $loaded; $transcribe"
        $said | Should -Match ('^CesarPS\.Transcript\s+CesarPS 8\.0\.0\.0\s+6\.0\.0\.0\s+' +
            'CesarPS 8\.0\.0\.0\s+Default 6\.0\.0\.0\s+CesarPS\.Transcript\s*$')
    }
}

Describe 'Elsewhere than in this session' {
    It 'works in Start-Job' {
        Start-Job { Import-Module $using:manifest; (Invoke-CesarTranscription $using:sample -End 3 -Language en -BeamSize 1).Text } |
            Receive-Job -Wait -AutoRemoveJob | Should -Not -BeNullOrEmpty
    }

    It 'gives a copy from a job that is still deep enough for the words of its segments' {
        $copy = Start-Job { Import-Module $using:manifest; Invoke-CesarTranscription $using:sample -End 3 -Language en -BeamSize 1 -WordTimestamp } |
            Receive-Job -Wait -AutoRemoveJob
        $copy.Segments[0].Words[0].Probability | Should -BeGreaterThan 0
        $copy.Model.Name | Should -Be 'base'
    }

    It 'works in several runspaces of one pool, which share the cache' {
        Use-TestCache
        $pool = [runspacefactory]::CreateRunspacePool(1, 3)
        $pool.Open()
        try {
            $calls = 1..3 | ForEach-Object {
                $shell = [powershell]::Create()
                $shell.RunspacePool = $pool
                $null = $shell.AddScript('param($manifest, $file) Import-Module $manifest; (Invoke-CesarTranscription $file -End 3 -Language en -BeamSize 1).Text').AddArgument($manifest).AddArgument($sample)
                @{ Shell = $shell; Running = $shell.BeginInvoke() }
            }
            $texts = $calls | ForEach-Object { $_.Shell.EndInvoke($_.Running); $_.Shell.Dispose() }
        }
        finally {
            $pool.Dispose()
        }

        $texts | Should -HaveCount 3
        Get-CesarCacheEntry -Stage transcribe | Should -HaveCount 1
    }

    It 'works without a profile, a console and a home' -Skip:$onWindows {
        $pwsh = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source
        $script = "Import-Module '$manifest'; (Invoke-CesarTranscription '$sample' -End 3 -Language en -BeamSize 1).Text; Write-Output `$?"
        # As a scheduler starts it: no terminal, no input, hardly any environment.
        $said = '' | env -i PATH=$env:PATH CESAR_CACHE_DIR="$TestDrive/cron" DOTNET_ROOT=$env:DOTNET_ROOT setsid $pwsh -NoProfile -NonInteractive -Command $script 2>&1
        $said[-1] | Should -Be 'True'
        $said[0] | Should -Match '\w+ \w+'
    }

    It 'works in ForEach-Object -Parallel, in three runspaces at a time' {
        $texts = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            (Invoke-CesarTranscription $using:sample -End 3 -Language en -BeamSize 1 -WorkerCount 1).Text
        }
        $texts | Should -HaveCount 3
        $texts | Select-Object -Unique | Should -HaveCount 1
    }

    It 'works in Start-ThreadJob' -Skip:(-not $hasThreadJob) {
        Start-ThreadJob { Import-Module $using:manifest; (Invoke-CesarTranscription $using:sample -End 3 -Language en -BeamSize 1).Text } |
            Receive-Job -Wait -AutoRemoveJob | Should -Not -BeNullOrEmpty
    }
}

Describe 'The scripts of the project' {
    It 'pass PSScriptAnalyzer without a finding' -Skip:(-not $hasAnalyzer) {
        $files = @(Get-ChildItem $root -File) + @(Get-ChildItem ('module', 'tests', 'samples', 'bench' | ForEach-Object { Join-Path $root $_ }) -File -Recurse) |
            Where-Object { $_.Extension -in '.ps1', '.psm1', '.psd1', '.ps1xml' -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
        $files.Count | Should -BeGreaterThan 4
        $files | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName } |
            ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName) $($_.Message)" } | Should -BeNullOrEmpty
    }
}
