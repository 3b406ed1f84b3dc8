using System.Text.Json;
using CesarPS.StandInYtDlp;
using CesarPS.Testing.Video;

// A stand-in for yt-dlp: tests start it by a script that gives it the folder with the videos it knows. It knows the
// options that the engine uses and no other, so that a new one is noticed.
string folder = args[0];
string[] given = args[1..];
if (given is ["--version"])
{
    Console.WriteLine(File.ReadAllText(Path.Combine(folder, "version")));
    return 0;
}

CommandLine command;
try
{
    command = CommandLine.Parse(given, Console.In.ReadToEnd());
}
catch (FormatException problem)
{
    Console.Error.WriteLine($"yt-dlp: error: {problem.Message}");
    return 2;
}

File.AppendAllLines(Path.Combine(folder, "arguments"), given);
File.AppendAllText(Path.Combine(folder, "calls"), $"{(command.Describes ? "describe" : "download")} {command.VideoId}\n");
if (command.Value("--cookies") is { } cookies)
{
    // The real one writes its cookies back when it ends.
    File.AppendAllText(Path.Combine(folder, "cookies"), File.ReadAllText(cookies));
    File.AppendAllText(cookies, "# written back\n");
}

string path = Path.Combine(folder, "videos", command.VideoId);
StandInVideo video = File.Exists(path)
    ? JsonSerializer.Deserialize<StandInVideo>(File.ReadAllText(path))!
    : new StandInVideo { Id = command.VideoId, Error = "Video unavailable" };
if (video.Hangs)
{
    Thread.Sleep(Timeout.Infinite);
}

if (video.Warning is { } warning)
{
    Console.Error.WriteLine($"WARNING: {warning}");
}

if (video.Error is { } error)
{
    Console.Error.WriteLine($"ERROR: [youtube] {video.Id}: {error}");
    if (command.Describes)
    {
        Console.WriteLine("null");
    }

    return 1;
}

if (command.Describes)
{
    Console.WriteLine(video.Prints ?? MetadataJson.Of(video, command.Value("--playlist-end")));
    return 0;
}

return Fetch.Run(video, command);
