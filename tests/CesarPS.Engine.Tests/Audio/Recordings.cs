using System.Collections.Concurrent;
using System.Diagnostics;
using CesarPS.Engine.Tests.Audio;

[assembly: AssemblyFixture(typeof(Recordings))]

namespace CesarPS.Engine.Tests.Audio;

/// <summary>Recordings made by the real ffmpeg when a test first asks for them, kept in one folder for the whole run.</summary>
public sealed class Recordings : IDisposable
{
    /// <summary>4 s, silent but for a 1 kHz tone from 2.0 to 2.5 s at half of full scale.</summary>
    public const string Burst = "aevalsrc='if(between(t,2,2.5),0.5*sin(2*PI*1000*t),0)':d=4:s=";

    /// <summary>A moving picture of 6 s.</summary>
    public const string Picture = "testsrc=d=6:s=64x64:r=10";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _made = new();

    public Recordings() => Folder = Directory.CreateTempSubdirectory("cesar-audio-").FullName;

    public string Folder { get; }

    /// <summary>A path in the folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A file written by ffmpeg, once.</summary>
    public Task<string> MakeAsync(string name, params string[] arguments) => MakeAsync(name, async path =>
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        foreach (string argument in (string[])["-nostdin", "-y", "-v", "error", .. arguments, "file:" + path])
        {
            start.ArgumentList.Add(argument);
        }

        using Process ffmpeg = Process.Start(start)!;
        string errors = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        ffmpeg.ExitCode.ShouldBe(0, errors);
    });

    /// <summary>A file written by a test, once.</summary>
    public Task<string> MakeAsync(string name, Func<string, Task> write) => _made.GetOrAdd(name, _ => new(async () =>
    {
        string path = PathOf(name);
        await write(path);
        return path;
    })).Value;

    /// <summary>The burst at 48 kHz, in a container that its name gives.</summary>
    public Task<string> BurstAsync(string name, params string[] codec) =>
        MakeAsync(name, ["-f", "lavfi", "-i", Burst + "48000", .. codec]);

    /// <summary>The first part of another recording's bytes.</summary>
    public Task<string> CutAsync(string whole, double share) => MakeAsync("cut_" + Path.GetFileName(whole), async path =>
    {
        byte[] bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(path, bytes[..(int)(bytes.Length * share)]);
    });

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
