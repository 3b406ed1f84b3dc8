BeforeAll {
    . (Join-Path $PSScriptRoot 'BuiltModule.ps1')
    Import-Module (Get-BuiltManifest) -Force
    Use-TestConfiguration
    Use-TestCache
    $script:clip = Copy-Clip 'my talk.wav'
    $script:quick = @{ Language = 'en'; BeamSize = 1 }

    # A web server of one recording on the loopback address, which knows its version and notes what it was asked.
    function Open-RecordingServer([string] $Path, [int] $Refusal = 0) {
        $listener = Open-WebServer
        $asked = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $answer = [hashtable]::Synchronized(@{ Refusal = $Refusal })
        $closing = [Threading.CancellationTokenSource]::new()
        $job = Start-ThreadJob {
            $listener = $using:listener
            $asked = $using:asked
            $closing = ($using:closing).Token
            $content = [IO.File]::ReadAllBytes($using:Path)
            $answer = $using:answer
            while ($listener.IsListening) {
                $arrival = $listener.GetContextAsync()
                try {
                    $arrival.Wait($closing)
                }
                catch {
                    return
                }

                $context = $arrival.Result
                $known = $context.Request.Headers['If-None-Match']
                $asked.Enqueue("$($context.Request.HttpMethod) $known")
                $context.Response.Headers['ETag'] = '"one"'
                if ($answer.Refusal) {
                    $context.Response.StatusCode = $answer.Refusal
                    # Longer than anybody waits: who is told so gives up at once.
                    $context.Response.Headers['Retry-After'] = '86400'
                }
                elseif ($known -eq '"one"') {
                    $context.Response.StatusCode = 304
                }
                else {
                    $context.Response.ContentType = 'audio/wav'
                    $context.Response.ContentLength64 = $content.Length
                    $context.Response.OutputStream.Write($content, 0, $content.Length)
                }

                $context.Response.Close()
            }
        }

        [pscustomobject]@{ Address = "$($listener.Prefixes)talks/my%20talk.wav"; Asked = $asked; Answer = $answer; Listener = $listener; Closing = $closing; Job = $job }
    }

    function Close-RecordingServer($Server) {
        $Server.Closing.Cancel()
        $null = Wait-Job $Server.Job
        $Server.Listener.Close()
        Remove-Job $Server.Job
    }
}

AfterAll {
    Remove-Module CesarPS -ErrorAction SilentlyContinue
}

Describe 'What is on the web' {
    BeforeEach {
        $script:server = Open-RecordingServer $clip
    }

    AfterEach {
        Close-RecordingServer $server
    }

    It 'is fetched once and says where it came from' {
        $first = Invoke-CesarTranscription -Uri $server.Address @quick
        $second = $server.Address | Invoke-CesarTranscription @quick

        $server.Asked.Count | Should -Be 1
        $first.Text | Should -Not -BeNullOrEmpty
        $second.Text | Should -Be $first.Text
        $second.Origin.Link | Should -Be $server.Address
        $second.Origin.IsStale | Should -BeFalse
        "$($second.Stages[0].Outcome)" | Should -Be 'Hit'
    }

    It 'is asked about with one conditional request when -MaxCacheAge is over' {
        $null = Invoke-CesarTranscription -Uri $server.Address @quick
        $second = Invoke-CesarTranscription -Uri $server.Address -MaxCacheAge 0 @quick

        $server.Asked.ToArray() | Should -Be 'GET ', 'GET "one"'
        $second.Stages.ForEach({ "$($_.Outcome)" }) | Should -Be 'Hit', 'Hit', 'Hit'
    }

    It 'is served stale only with -AllowStale' {
        $null = Invoke-CesarTranscription -Uri $server.Address @quick
        $server.Answer.Refusal = 503

        Invoke-CesarTranscription -Uri $server.Address -MaxCacheAge 0 @quick -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SourceUnavailable,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $stale = Invoke-CesarTranscription -Uri $server.Address -MaxCacheAge 0 -AllowStale @quick -WarningVariable warnings -WarningAction SilentlyContinue
        $stale.Origin.IsStale | Should -BeTrue
        $warnings | Should -Match 'is served as it was'
    }

    It 'gives its files the name of its link' {
        $null = Invoke-CesarTranscription -Uri $server.Address -OutputDirectory (Join-Path $TestDrive texts) -Format txt @quick
        (Get-ChildItem (Join-Path $TestDrive texts)).Name | Should -Be 'my talk.txt'
    }

    It 'keeps the secrets of its address to itself' {
        $address = $server.Address.Replace('://', '://alice:hunter2@') + '?token=hunter2'
        $verbose = Invoke-CesarTranscription -Uri $address @quick -Verbose 4>&1 | ForEach-Object { "$_ $($_.Source)" }
        "$verbose" | Should -Not -Match 'hunter2|alice'
        "$verbose" | Should -Match 'my%20talk'
    }

    It 'is not asked for a plan' {
        Invoke-CesarTranscription -Uri $server.Address -WhatIf @quick
        $server.Asked.Count | Should -Be 0
    }
}

Describe 'What a server refuses with <status>' -ForEach @(
    @{ status = 404; id = 'SourceGone'; category = 'ObjectNotFound' }
    @{ status = 410; id = 'SourceGone'; category = 'ObjectNotFound' }
    @{ status = 403; id = 'SourceDenied'; category = 'PermissionDenied' }
) {
    It 'is an error of the category <category>' {
        $server = Open-RecordingServer $clip $status
        try {
            Invoke-CesarTranscription -Uri $server.Address @quick -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
        finally {
            Close-RecordingServer $server
        }

        $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
        $problems[0].CategoryInfo.Category | Should -Be $category
    }
}

Describe 'A video that its site refuses with "<words>"' -Skip:$IsWindows -ForEach @(
    @{ words = 'Private video'; id = 'VideoPrivate'; category = 'PermissionDenied' }
    @{ words = 'Video unavailable'; id = 'VideoGone'; category = 'ObjectNotFound' }
    @{ words = 'HTTP Error 429: Too Many Requests'; id = 'VideoRateLimited'; category = 'ConnectionError' }
) {
    It 'is an error of the category <category>' {
        $standIn = Join-Path $TestDrive 'stand-in-yt-dlp'
        Set-Content $standIn "#!/bin/sh`ncase `"`$*`" in *--version*) echo 2026.08.01 ;; *) echo 'ERROR: [youtube] abcdefghijk: $words' >&2; exit 1 ;; esac"
        chmod +x $standIn
        $before = $env:CESAR_YT_DLP
        try {
            $env:CESAR_YT_DLP = $standIn
            Invoke-CesarTranscription -Uri 'https://www.youtube.com/watch?v=abcdefghijk' @quick -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
        finally {
            $env:CESAR_YT_DLP = $before
        }

        $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
        $problems[0].CategoryInfo.Category | Should -Be $category
    }
}

Describe 'A playlist' {
    It 'is refused unless it was asked for, and what is beside it is transcribed' {
        $done = 'https://www.youtube.com/playlist?list=PL0123456789', $clip | Invoke-CesarTranscription @quick -ErrorVariable problems -ErrorAction SilentlyContinue
        $done | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PlaylistNotAsked,*'
    }
}
