# Settings: what they are, where they come from, and how to set them for good.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    $script:commands = 'CesarPS.Commands'
}

Describe 'Get-CesarConfiguration' {
    BeforeEach {
        Use-TestConfiguration
    }

    It 'gives every setting that can be set for good' {
        $settings = Get-CesarConfiguration
        $settings | ForEach-Object { $_ | Should -BeOfType ([CesarPS.ConfigurationValue]) }
        $settings.Name | Should -Contain 'model'
        $settings.Name | Should -Contain 'cache-limit'
        # A matter of one run.
        $settings.Name | Should -Not -Contain 'start'
    }

    It 'tells that a value is the default' {
        $setting = Get-CesarConfiguration beam-size
        $setting.Value | Should -Be '5'
        $setting.Source | Should -Be 'Default'
    }

    It 'tells that a value comes from the file, and which' {
        Set-Content $env:CESAR_CONFIG '{ "beam-size": 3 }'
        $setting = Get-CesarConfiguration beam-size
        $setting.Value | Should -Be '3'
        $setting.Source | Should -Be 'File'
        $setting.SourceDetail | Should -Be $env:CESAR_CONFIG
    }

    It 'tells that a value comes from the environment, which wins over the file' {
        Set-Content $env:CESAR_CONFIG '{ "beam-size": 3 }'
        $env:CESAR_BEAM_SIZE = '2'
        try {
            $setting = Get-CesarConfiguration beam-size
            $setting.Value | Should -Be '2'
            $setting.Source | Should -Be 'Environment'
            $setting.SourceDetail | Should -Be 'CESAR_BEAM_SIZE'
        }
        finally {
            $env:CESAR_BEAM_SIZE = $null
        }
    }

    It 'takes wildcards and names from the pipeline' {
        (Get-CesarConfiguration cache-*).Name | Should -Be 'cache-dir', 'cache-limit'
        ('model', 'Language' | Get-CesarConfiguration).Name | Should -Be 'model', 'language'
    }

    It 'says of an unknown setting what was meant' {
        Get-CesarConfiguration beamsize -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "ConfigurationUnknown,$commands.GetCesarConfigurationCommand"
        $problems[0].Exception.Message | Should -Match "Did you mean 'beam-size'"
    }

    It 'ends with an error for a file that is damaged' {
        Set-Content $env:CESAR_CONFIG '{ "model": '
        { Get-CesarConfiguration } | Should -Throw -ErrorId "ConfigurationFileInvalid,$commands.GetCesarConfigurationCommand"
    }

    It 'is shown as a table with the layer' {
        Get-CesarConfiguration beam-size | Get-ShownText | Should -Be ("Name                       Value                          Source       From`n" +
            "----                       -----                          ------       ----`n" +
            'beam-size                  5                              Default')
    }
}

Describe 'Set-CesarConfiguration' {
    BeforeEach {
        Use-TestConfiguration
    }

    It 'writes a setting into the file' {
        Set-CesarConfiguration beam-size 3 | Should -BeNullOrEmpty
        (Get-Content $env:CESAR_CONFIG -Raw | ConvertFrom-Json).'beam-size' | Should -Be '3'
        (Get-CesarConfiguration beam-size).Source | Should -Be 'File'
    }

    It 'says how the setting is then with -PassThru' {
        $setting = Set-CesarConfiguration -Name Language -Value German -PassThru
        $setting.Name | Should -Be 'language'
        $setting.Value | Should -Be 'German'
    }

    It 'takes a list as one' {
        Set-CesarConfiguration vocabulary Cesar, ffmpeg
        (Get-CesarConfiguration vocabulary).Value | Should -Be 'Cesar, ffmpeg'
    }

    It 'leaves everything else in the file as it is' {
        Set-Content $env:CESAR_CONFIG "{`n  // mine`n  `"model`": `"small`"`n}"
        Set-CesarConfiguration words true
        $text = Get-Content $env:CESAR_CONFIG -Raw
        $text | Should -Match '// mine'
        (Get-CesarConfiguration model).Value | Should -Be 'small'
    }

    It 'goes back to the default with -Default' {
        Set-CesarConfiguration beam-size 3
        (Set-CesarConfiguration beam-size -Default -PassThru).Value | Should -Be '5'
    }

    It 'refuses -Default:$false, which says neither a value nor the default' {
        Set-CesarConfiguration beam-size -Default:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "ValueMissing,$commands.SetCesarConfigurationCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problems[0].Exception.Message | Should -Match 'give a value, or -Default'
        $env:CESAR_CONFIG | Should -Not -Exist
    }

    It 'takes settings from the pipeline, such as those of another machine' {
        [pscustomobject]@{ Name = 'beam-size'; Value = '2' }, [pscustomobject]@{ Name = 'words'; Value = 'true' } | Set-CesarConfiguration
        (Get-CesarConfiguration beam-size, words).Value | Should -Be '2', 'true'
    }

    It 'warns where a variable of the environment wins' {
        $env:CESAR_BEAM_SIZE = '2'
        try {
            Set-CesarConfiguration beam-size 3 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -Match 'CESAR_BEAM_SIZE'
        }
        finally {
            $env:CESAR_BEAM_SIZE = $null
        }
    }

    It 'writes <name> as a whole path, whatever PowerShell''s location and drives are' -ForEach @(
        @{ name = 'output-dir' }, @{ name = 'cookies' }, @{ name = 'cache-dir' }, @{ name = 'models' }
        @{ name = 'native' }, @{ name = 'ffmpeg' }, @{ name = 'ffprobe' }, @{ name = 'yt-dlp' }
    ) {
        $folder = (New-Item -ItemType Directory -Force (Join-Path $TestDrive 'whole')).FullName
        $null = New-PSDrive -Name Whole -PSProvider FileSystem -Root $folder
        Push-Location $folder
        try {
            Set-CesarConfiguration $name ./place
            (Get-Content $env:CESAR_CONFIG -Raw | ConvertFrom-Json).$name | Should -Be (Join-Path $folder 'place')
            Set-CesarConfiguration $name Whole:/another
            (Get-Content $env:CESAR_CONFIG -Raw | ConvertFrom-Json).$name | Should -Be (Join-Path $folder 'another')
        }
        finally {
            Pop-Location
            Remove-PSDrive Whole
        }
    }

    It 'leaves the bare name of a program to PATH, unless there is such a file' {
        $folder = New-Item -ItemType Directory -Force (Join-Path $TestDrive 'bare')
        Push-Location $folder
        try {
            Set-CesarConfiguration ffmpeg my-ffmpeg
            (Get-Content $env:CESAR_CONFIG -Raw | ConvertFrom-Json).ffmpeg | Should -Be 'my-ffmpeg'
            $file = New-Item my-ffmpeg
            Set-CesarConfiguration ffmpeg my-ffmpeg
            (Get-Content $env:CESAR_CONFIG -Raw | ConvertFrom-Json).ffmpeg | Should -Be $file.FullName
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses a path that is no file, and writes nothing' {
        Set-CesarConfiguration output-dir Env:/PATH -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "PathNotFile,$commands.SetCesarConfigurationCommand"
        $env:CESAR_CONFIG | Should -Not -Exist
    }

    It 'writes nothing with -WhatIf' {
        Set-CesarConfiguration beam-size 3 -WhatIf
        $env:CESAR_CONFIG | Should -Not -Exist
    }

    It 'refuses <what> with the id <id>' -ForEach @(
        @{ what = 'an unknown setting'; name = 'beamsize'; value = '3'; id = 'ConfigurationUnknown' }
        @{ what = 'a value of another kind'; name = 'beam-size'; value = 'three'; id = 'ConfigurationInvalid' }
        @{ what = 'a matter of one run'; name = 'start'; value = '3'; id = 'ConfigurationInvalid' }
    ) {
        Set-CesarConfiguration $name $value -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "$id,$commands.SetCesarConfigurationCommand"
        $env:CESAR_CONFIG | Should -Not -Exist
    }
}
