using CesarPS.Build;
using CesarPS.Build.Steps;

// Every command and the steps it takes, in order. A step that has nothing to do says so and costs little.
Command[] commands =
[
    new("all", "set up, build and stage everything, then transcribe the sample recording (what no argument means)",
        [Setup.Run, Native.Run, Compile.Run, Stage.Run, Demo.Run]),
    new("setup", "look for the programs the build needs; install the missing ones on Debian and Ubuntu, or say how to", [Setup.Run]),
    new("native", "build the whisper library and fetch ONNX Runtime into out/native", [Native.Run]),
    new("build", "compile the solution", [Compile.Run]),
    new("stage", "put the console into out/cesar and the module into out/CesarPS", [Native.Run, Compile.Run, Stage.Run]),
    new("demo", "transcribe the sample recording with out/cesar/cesar", [Demo.Run]),
    new("test", "set up, build and stage everything, run all tests, measure the coverage of the engine",
        [Setup.Run, Native.Run, Compile.Run, Stage.Run, Tests.Run]),
    new("sample", "make the sample recording in samples/ again", [Sample.Run]),
    new("clean", "remove what a build made: out, bin, obj and native/node_modules", [Clean.Run]),
];

string name = args.Length == 0 ? "all" : args[0];
if (name is "-h" or "--help" or "help" or "-?" or "/?")
{
    Console.WriteLine("Usage: ./build.sh [COMMAND]   (on Windows ./build.ps1)\n");
    foreach (Command each in commands)
    {
        Console.WriteLine($"  {each.Name,-8} {each.Summary}");
    }

    Console.WriteLine("\nWith CI=true the output is short and packages are restored exactly as locked. Logs are in out/logs.");
    return 0;
}

Command? command = Array.Find(commands, candidate => candidate.Name == name);
if (command is null || args.Length > 1)
{
    Console.Error.WriteLine($"build: '{string.Join(' ', args)}' is not a command. ./build.sh --help lists them.");
    return 2;
}

// For the compiler and the tests, which this starts: they run for a minute or so, and counting what is called often, to
// compile it better next time, costs them up to a third of it.
const string Profiling = "DOTNET_TieredPGO";
Environment.SetEnvironmentVariable(Profiling, Environment.GetEnvironmentVariable(Profiling) ?? "0");

try
{
    var repository = Repository.Find();
    foreach (Func<Repository, int> step in command.Steps)
    {
        if (step(repository) is not 0 and int code)
        {
            return code;
        }
    }

    return 0;
}
catch (Exception failure) when (failure is BuildException or IOException or UnauthorizedAccessException)
{
    Console.Out.Flush();
    Console.Error.WriteLine($"build: {failure.Message}");
    return 1;
}

internal sealed record Command(string Name, string Summary, Func<Repository, int>[] Steps);
