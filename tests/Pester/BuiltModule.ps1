# Where the module under test is, and what several test files need, for those that dot-source this.

function Get-RepositoryRoot {
    Split-Path (Split-Path $PSScriptRoot)
}

# The manifest that ./build.sh stage wrote; a test never falls back to anything else.
function Get-BuiltManifest {
    $version = (Import-PowerShellDataFile (Join-Path (Get-RepositoryRoot) 'CesarPS.psd1')).ModuleVersion
    $manifest = Join-Path (Get-RepositoryRoot) "out/CesarPS/$version/CesarPS.psd1"
    if (-not (Test-Path $manifest)) {
        throw 'The module is not built. Run ./build.sh stage first.'
    }

    $manifest
}

# A cache for this run alone: neither does the user's own make a test pass, nor does a test fill it.
function Use-TestCache {
    $env:CESAR_CACHE_DIR = Join-Path $TestDrive "cache $([guid]::NewGuid())"
}

# A configuration file and a folder of models for this run alone; nothing is in either.
function Use-TestConfiguration {
    $env:CESAR_CONFIG = Join-Path $TestDrive "config $([guid]::NewGuid()).json"
    $env:CESAR_MODELS = Join-Path $TestDrive "models $([guid]::NewGuid())"
}

function Get-SampleRecording {
    Join-Path (Get-RepositoryRoot) 'samples/conversation.mp3'
}

# Three seconds of the sample. Most tests are about the cmdlets, not about what they hear: a few words, greedy, with no
# language to detect (-Language en -BeamSize 1).
function Copy-Clip([string] $Name = 'clip.wav') {
    $clip = Join-Path $TestDrive $Name
    $null = New-Item -ItemType Directory -Force (Split-Path $clip)
    ffmpeg -v error -nostdin -y -i (Get-SampleRecording) -t 3 -ac 1 -ar 16000 $clip
    $clip
}

# Copies of a recording under names in TestDrive.
function Copy-Recording([string] $Path, [string[]] $Name) {
    foreach ($each in $Name) {
        $target = Join-Path $TestDrive $each
        $null = New-Item -ItemType Directory -Force (Split-Path $target)
        [IO.File]::Copy($Path, $target, $true)
        $target
    }
}

# A file that is no recording, whatever its name says.
function Write-TextFile([string] $Name) {
    $target = Join-Path $TestDrive $Name
    [IO.File]::WriteAllText($target, 'Not a recording at all.')
    $target
}

# A PowerShell of its own, without a profile: what it writes, as one string.
function Invoke-InNewPowerShell([string] $Script) {
    & (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source -NoProfile -NonInteractive -Command $Script 2>&1 | Out-String
}

# What a script writes in a runspace of its own, with every stream apart.
function Invoke-InRunspace([scriptblock] $Script, [object[]] $ArgumentList = @()) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript($Script)
    foreach ($argument in $ArgumentList) {
        $null = $shell.AddArgument($argument)
    }

    try {
        $output = $shell.Invoke()
        [pscustomobject]@{
            Output   = @($output)
            Error    = @($shell.Streams.Error.ReadAll())
            Progress = @($shell.Streams.Progress.ReadAll())
            Verbose  = @($shell.Streams.Verbose.ReadAll())
            Warning  = @($shell.Streams.Warning.ReadAll())
        }
    }
    finally {
        $shell.Dispose()
    }
}

# A web server on the loopback address, at a port that was free. Ask it by GetContextAsync, with a token to stop
# waiting: a GetContext that begins while the server is closed can wait for ever.
function Open-WebServer {
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $port = $probe.LocalEndpoint.Port
    $probe.Stop()
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $listener
}

# What a human sees of objects, without colours and without spaces at the ends of lines.
function Get-ShownText([Parameter(ValueFromPipeline)] [object] $InputObject, [int] $Width = 120) {
    begin { $objects = [Collections.Generic.List[object]]::new() }
    process { $objects.Add($InputObject) }
    end {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            (($objects | Out-String -Width $Width) -split '\r?\n' | ForEach-Object TrimEnd) -join "`n" | ForEach-Object Trim "`n"
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }
    }
}

# The names of the processes that this one started and that still live.
function Get-ChildProcess {
    @(Get-Process | Where-Object { $_.Parent.Id -eq $PID }).ProcessName
}
