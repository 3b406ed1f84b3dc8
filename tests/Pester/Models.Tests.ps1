# The cmdlets for models. Downloads come from a small server of this test: nothing is fetched from a network.
BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest)
    Use-TestCache
    Use-TestConfiguration
    $script:commands = 'CesarPS.Commands'

    # Serves the files of a folder by HTTP in a runspace of its own; what is not there is 404.
    function Open-FileServer([string] $Folder) {
        $listener = Open-WebServer
        $closing = [Threading.CancellationTokenSource]::new()
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($listener, $folder, $closing)
                while ($listener.IsListening) {
                    $arrival = $listener.GetContextAsync()
                    try { $arrival.Wait($closing) } catch { return }
                    $context = $arrival.Result
                    $file = [IO.Path]::Combine($folder, $context.Request.Url.Segments[-1])
                    if ([IO.File]::Exists($file)) {
                        $stream = [IO.File]::OpenRead($file)
                        $context.Response.ContentLength64 = $stream.Length
                        try { $stream.CopyTo($context.Response.OutputStream) } catch { $null = $_ } finally { $stream.Dispose() }
                    }
                    else {
                        $context.Response.StatusCode = 404
                    }

                    try { $context.Response.Close() } catch { $null = $_ }
                }
            }).AddArgument($listener).AddArgument($Folder).AddArgument($closing.Token)
        $running = $shell.BeginInvoke()
        [pscustomobject]@{ Address = "$($listener.Prefixes)"; Listener = $listener; Closing = $closing; Shell = $shell; Running = $running }
    }

    function Close-FileServer($Server) {
        $Server.Closing.Cancel()
        $null = $Server.Shell.EndInvoke($Server.Running)
        $Server.Listener.Close()
        $Server.Shell.Dispose()
    }

    # A file of the size of a published model, and nothing in it: by its size it counts as there.
    function Add-HollowModel([string] $Name, [string] $Folder = $env:CESAR_MODELS) {
        $model = Get-CesarModel $Name
        $null = New-Item -ItemType Directory -Force $Folder
        $stream = [IO.File]::Create((Join-Path $Folder (Split-Path $model.Path -Leaf)))
        $stream.SetLength($model.Bytes)
        $stream.Dispose()
    }
}

Describe 'Get-CesarModel' {
    BeforeEach {
        Use-TestConfiguration
    }

    It 'gives the catalogue, what came with the module first' {
        $models = Get-CesarModel
        $models | ForEach-Object { $_ | Should -BeOfType ([CesarPS.ModelInfo]) }
        $models[0].Name | Should -Be 'base'
        $models[0].Presence | Should -Be 'Bundled'
        $models[0].Path | Should -Exist
        $models.Count | Should -BeGreaterThan 30
        "$($models[0])" | Should -Be 'base'
    }

    It 'gives those of a name, a wildcard or an alias' {
        (Get-CesarModel small).Bytes | Should -BeGreaterThan 400MB
        (Get-CesarModel tiny*).Name | Should -Contain 'tiny.en-q5_1'
        (Get-CesarModel turbo).Name | Should -Be 'large-v3-turbo'
        ('tiny', 'SMALL' | Get-CesarModel).Name | Should -Be 'tiny', 'small'
    }

    It 'says of an unknown name what was meant, and finds the others' {
        (Get-CesarModel smal, tiny -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'tiny'
        $problems[0].FullyQualifiedErrorId | Should -Be "ModelUnknown,$commands.GetCesarModelCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'smal'
        $problems[0].Exception.Message | Should -Match "Did you mean 'small'"
    }

    It 'tells what is there: downloaded, damaged or absent' {
        Add-HollowModel tiny
        [IO.File]::WriteAllText((Get-CesarModel small).Path, 'cut off')
        (Get-CesarModel tiny, small, medium).Presence | Should -Be 'Downloaded', 'Damaged', 'Absent'
    }

    It 'is shown with size, languages and presence' {
        $shown = Get-CesarModel base, tiny.en | Get-ShownText -Width 160
        $shown | Should -Match 'base\s+78\.0 MiB 99\s+q8_0\s+Bundled\s+\S.*ggml-base-q8_0\.bin'
        $shown | Should -Match 'tiny\.en\s+74\.1 MiB English\s+f16\s+Absent$'
        $others = Get-CesarModel | Where-Object Kind -NE Speech
        $others.Name | Should -Be 'silero-vad', 'pyannote-segmentation', 'campplus'
        ($others | Get-ShownText -Width 160) -split "`n" | Select-Object -Skip 2 | Should -Match '^\S+\s+\d+\.\d MiB any\s.*Bundled'
    }

    It 'is shown wide by its names' {
        Get-CesarModel | Format-Wide | Get-ShownText | Should -Match '^base\s+silero-vad\s+\S+\s+\S+'
    }
}

Describe 'Save-CesarModel' {
    BeforeEach {
        Use-TestConfiguration
        $script:server = Open-FileServer (Join-Path $TestDrive 'mirror')
        $null = New-Item -ItemType Directory -Force (Join-Path $TestDrive 'mirror')
        $env:CESAR_MODEL_BASE_URL = $server.Address
    }

    AfterEach {
        Close-FileServer $server
        $env:CESAR_MODEL_BASE_URL = $null
    }

    It 'downloads with progress, and compares what has arrived with the published digest' {
        # As many bytes as published, and not the published ones: those are at no test's hand.
        Add-HollowModel tiny.en-q5_1 (Join-Path $TestDrive 'mirror')
        $result = Invoke-InRunspace {
            param($manifest)
            Import-Module $manifest
            Save-CesarModel tiny.en-q5_1
        } (Get-BuiltManifest)
        $result.Error[0].FullyQualifiedErrorId | Should -Be "ModelDownloadDamaged,$commands.SaveCesarModelCommand"
        $download = $result.Progress | Where-Object Activity -EQ 'Downloading the model tiny.en-q5_1'
        $download[-1].RecordType | Should -Be 'Completed'
        $download | Select-Object -SkipLast 1 | ForEach-Object StatusDescription | Should -Match '^\d+(\.\d)? (B|KiB|MiB) of 30\.7 MiB'
        $result.Progress[-1].RecordType | Should -Be 'Completed'
        (Get-CesarModel tiny.en-q5_1).Presence | Should -Be 'Absent'
    }

    It 'counts what is done and what failed in the progress of the whole' {
        Add-HollowModel tiny.en-q5_1 (Join-Path $TestDrive 'mirror')
        $result = Invoke-InRunspace {
            param($manifest)
            Import-Module $manifest
            Save-CesarModel base, tiny.en-q5_1, base -ErrorAction SilentlyContinue
        } (Get-BuiltManifest)
        $whole = $result.Progress | Where-Object Activity -EQ 'Downloading models'
        $whole.StatusDescription | Should -Be '1 done', '1 done, 1 failed', '2 done, 1 failed', 'Done'
        $whole[-1].RecordType | Should -Be 'Completed'
    }

    It 'checks one that is there, and downloads nothing' {
        (Save-CesarModel base).Presence | Should -Be 'Bundled'
    }

    It 'takes names and models from the pipeline' {
        ('base' | Save-CesarModel).Name | Should -Be 'base'
        (Get-CesarModel base | Save-CesarModel).Name | Should -Be 'base'
    }

    It 'refuses what the server delivers instead, and keeps none of it' {
        Set-Content (Join-Path $TestDrive 'mirror/ggml-tiny.bin') 'Not a model.'
        Save-CesarModel tiny -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be "ModelDownloadDamaged,$commands.SaveCesarModelCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        (Get-CesarModel tiny).Presence | Should -Be 'Absent'
    }

    It 'says of one that the server has not how to place it by hand, and goes on' {
        (Save-CesarModel small, base -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'base'
        $problems[0].FullyQualifiedErrorId | Should -Be "ModelDownloadFailed,$commands.SaveCesarModelCommand"
        $problems[0].TargetObject | Should -Be 'small'
        $problems[0].Exception.Message | Should -Match '404.*save it as'
    }

    It 'says of one that is there but altered that it is altered' {
        Add-HollowModel tiny
        Save-CesarModel tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "ModelAltered,$commands.SaveCesarModelCommand"
    }

    It 'downloads nothing with -WhatIf' {
        Save-CesarModel small -WhatIf | Should -BeNullOrEmpty
        Test-Path $env:CESAR_MODELS | Should -BeFalse
    }
}

Describe 'Remove-CesarModel' {
    BeforeEach {
        Use-TestConfiguration
    }

    It 'removes a downloaded model' {
        Add-HollowModel tiny
        Remove-CesarModel tiny | Should -BeNullOrEmpty
        (Get-CesarModel tiny).Presence | Should -Be 'Absent'
    }

    It 'removes those of the pipeline' {
        Add-HollowModel tiny
        Add-HollowModel tiny.en
        Get-CesarModel tiny* | Where-Object Presence -EQ 'Downloaded' | Remove-CesarModel
        (Get-CesarModel tiny*).Presence | Sort-Object -Unique | Should -Be 'Absent'
    }

    It 'removes what is left of an unfinished download' {
        $part = (Get-CesarModel small).Path + '.part'
        $null = New-Item -ItemType Directory -Force (Split-Path $part)
        Set-Content $part 'begun'
        Remove-CesarModel small
        $part | Should -Not -Exist
    }

    It 'has nothing to do where there is none, and says so with -Verbose' {
        Remove-CesarModel small -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        (Remove-CesarModel small -Verbose 4>&1).Message -match 'nothing to remove' | Should -HaveCount 1
    }

    It 'removes nothing with -WhatIf' {
        Add-HollowModel tiny
        Remove-CesarModel tiny -WhatIf
        (Get-CesarModel tiny).Presence | Should -Be 'Downloaded'
    }

    It 'refuses what came with the module, and removes the others' {
        Add-HollowModel tiny
        Remove-CesarModel base, tiny -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be "ModelBundled,$commands.RemoveCesarModelCommand"
        (Get-CesarModel base).Presence | Should -Be 'Bundled'
        (Get-CesarModel tiny).Presence | Should -Be 'Absent'
    }

    It 'refuses an unknown name' {
        Remove-CesarModel huge -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "ModelUnknown,$commands.RemoveCesarModelCommand"
    }
}
