@{
    # The built module: ./build.sh puts it there, with this manifest; in it, paths are those of the files beside it.
    # Nested here, and the root module of the staged copy: of a nested module alone does Get-Help look for help beside its assembly.
    NestedModules = @('out/CesarPS/0.1.0/CesarPS.dll')
    ModuleVersion = '0.1.0'
    GUID = '46c9e257-865b-4423-9501-33978f802bf1'
    Author = 'The CesarPS authors'
    CompanyName = 'The CesarPS authors'
    Copyright = 'Copyright (c) The CesarPS authors. MIT licence.'
    Description = 'Transcribes speech offline: recordings go in, typed transcripts with times come out and flow on through the pipeline. The Whisper model comes with it; nothing that is said leaves the machine.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    TypesToProcess = @('module/CesarPS.Types.ps1xml')
    FormatsToProcess = @('module/CesarPS.Format.ps1xml', 'module/CesarPS.Speaker.Format.ps1xml', 'module/CesarPS.Cache.Format.ps1xml', 'module/CesarPS.Environment.Format.ps1xml')
    CmdletsToExport = @(
        'Clear-CesarCache', 'Export-CesarTranscript', 'Get-CesarCache', 'Get-CesarCacheEntry', 'Get-CesarConfiguration',
        'Get-CesarModel', 'Import-CesarTranscript', 'Invoke-CesarTranscription', 'Remove-CesarModel', 'Save-CesarModel',
        'Set-CesarCache', 'Set-CesarConfiguration', 'Test-CesarCache', 'Test-CesarEnvironment')
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('speech', 'speech-to-text', 'transcription', 'transcript', 'subtitles', 'whisper', 'offline', 'audio', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
            ProjectUri = 'https://cesarps.example'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
