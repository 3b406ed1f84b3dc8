# What Get-Help says, and that it is true: every example is run as it stands.
BeforeDiscovery {
    $pages = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/help/en-US'
    $script:cmdlets = (Get-ChildItem $pages -Filter '*-*.md').BaseName | ForEach-Object { @{ name = $_ } }
    $script:examples = Get-ChildItem $pages -Filter '*-*.md' | ForEach-Object {
        $page = $_
        $text = (Get-Content -Raw $page) -replace "`r"
        [regex]::Matches($text, '(?ms)^### (Example \d+: [^\n]+)\n.*?^```powershell\n(.*?)\n^```') |
            ForEach-Object { @{ name = $page.BaseName; title = $_.Groups[1].Value; code = $_.Groups[2].Value } }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    $script:manifest = Get-BuiltManifest
    # As an installed module would be: PowerShell finds it by its name, in jobs as well.
    $script:modulePath = $env:PSModulePath
    $env:PSModulePath = (Split-Path (Split-Path (Split-Path $manifest))) + [IO.Path]::PathSeparator + $modulePath
    Import-Module $manifest -Force
    $script:online = (Import-PowerShellDataFile $manifest).PrivateData.PSData.ProjectUri
}

AfterAll {
    $env:PSModulePath = $modulePath
    Remove-Module CesarPS -ErrorAction Ignore
}

Describe 'The help of <name>' -ForEach $cmdlets {
    BeforeAll {
        $script:command = Get-Command $name
        $script:help = Get-Help $name -Full
    }

    It 'has a synopsis and a description' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        ($help.description.Text -join ' ').Length | Should -BeGreaterThan 60
    }

    It 'describes every parameter, with its type and its aliases' {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            $described = @($help.parameters.parameter | Where-Object name -EQ $parameter.Name)
            $described | Should -HaveCount 1 -Because "-$($parameter.Name) is a parameter of $name"
            ($described.description.Text -join ' ').Length | Should -BeGreaterThan 10 -Because "-$($parameter.Name) is to be described"
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
            $described.type.name | Should -Be $type.Name
            $described.aliases | Should -Be ($parameter.Aliases.Count ? ($parameter.Aliases -join ', ') : 'none')
        }
    }

    It 'shows the syntax that the command has' {
        $shown = @($help.syntax.syntaxItem | ForEach-Object { ($_.parameter.name | Sort-Object) -join ' ' }) | Sort-Object
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        $real = @($command.ParameterSets | ForEach-Object { ($_.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' ' }) | Sort-Object
        $shown | Should -Be $real
    }

    It 'has at least two examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $help.examples.example.code | ForEach-Object { $_.Trim() | Should -Not -BeNullOrEmpty }
    }

    It 'names what goes in and what comes out' {
        @($help.inputTypes.inputType.type.name) | Should -Not -BeNullOrEmpty
        $outputs = @($help.returnValues.returnValue.type.name)
        foreach ($type in $command.OutputType.Name) {
            $outputs | Should -Contain $type
        }
    }

    It 'leads to its page on the web with -Online, and to its neighbours' {
        $links = @($help.relatedLinks.navigationLink)
        $links[0].uri | Should -Be "$online/docs/help/en-US/$name.md"
        $links.Count | Should -BeGreaterThan 1
        foreach ($link in $links | Where-Object { -not $_.uri }) {
            @(Get-Help $link.linkText -ErrorAction Stop).Count | Should -BeGreaterOrEqual 1
        }
    }
}

Describe 'The help of the module' {
    It 'has a page for every cmdlet, and no other' {
        $cmdlets = @((Get-ChildItem (Join-Path (Get-RepositoryRoot) 'docs/help/en-US') -Filter '*-*.md').BaseName | Sort-Object)
        $cmdlets | Should -Be @((Get-Module CesarPS).ExportedCmdlets.Keys | Sort-Object)
    }

    It 'has the topic <topic> with its summary' -ForEach @(@{ topic = 'about_CesarPS' }, @{ topic = 'about_CesarPS_Cache' }) {
        $found = Get-Help $topic | Out-String
        $found | Should -Match "^TOPIC\s+$topic\s+SHORT DESCRIPTION\s+\w"
        # Code keeps its lines, whatever their length.
        ($found -split '\r?\n' -notmatch '^ {8}' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        (Get-Help "$topic*" | Where-Object Name -EQ $topic).Synopsis | Should -Match '\w+ \w+'
    }

    It 'is there for a clone, from the manifest at its root' {
        $root = Join-Path (Get-RepositoryRoot) 'CesarPS.psd1'
        Invoke-InNewPowerShell "Import-Module '$root'; (Get-Help Get-CesarCache).Synopsis" | Should -Match '^Says where the cache is'
    }
}

Describe 'The examples of <name>' -ForEach ($examples | Group-Object { $_.name } | ForEach-Object { @{ name = $_.Name; examples = $_.Group } }) {
    BeforeAll {
        $script:place = New-Item -ItemType Directory (Join-Path $TestDrive $name)
        Use-TestCache
        $clip = Copy-Clip
        foreach ($recording in 'talk.mp3', 'lecture.mp3', 'film.mp4', 'interview.wav') {
            ffmpeg -v error -nostdin -y -i $clip (Join-Path $place $recording)
        }

        # Something is in the cache, as it is for whoever reads these pages.
        $null = Invoke-CesarTranscription (Join-Path $place 'talk.mp3')
    }

    It '<title>' -ForEach $examples {
        Use-TestConfiguration
        # A model of half a gigabyte is not downloaded for this; the one that is here is checked instead.
        $commands = $code -creplace '(?<=^Save-CesarModel )small', 'base'
        $ran = Invoke-InRunspace {
            param($folder, $commands)
            Set-Location -LiteralPath $folder
            $ErrorActionPreference = 'Stop'
            & ([scriptblock]::Create($commands))
        } $place.FullName, $commands
        $ran.Error | Should -BeNullOrEmpty
    }
}
