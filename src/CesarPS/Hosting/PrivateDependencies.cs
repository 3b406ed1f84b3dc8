using System.Reflection;
using System.Runtime.Loader;

namespace CesarPS.Hosting;

/// <summary>
/// Keeps the libraries of other authors that the engine needs apart from those of other modules in the session.
/// </summary>
/// <remarks>
/// <para>
/// CesarPS.dll and CesarPS.Engine.dll are loaded as any module's assemblies are, in the default load context. Their
/// names are ours alone, and only there does PowerShell find types that a script names: <c>[CesarPS.Transcript]</c>.
/// </para>
/// <para>
/// What they refer to (Microsoft.Extensions.*) lies in <c>lib</c> below the module, where neither the runtime nor
/// PowerShell looks. The runtime first looks for such a reference among the loaded assemblies; one of the same or a
/// higher version serves. Where there is none, or only an older one, the runtime asks here, and the assembly
/// is loaded from <c>lib</c> into a context of its own: the default context keeps what other modules
/// loaded, or will load, of the same name. Only references to exactly the versions in <c>lib</c> are answered; one
/// to another version is another module's own affair.
/// </para>
/// <para>
/// The technique is the one that Microsoft's "Resolving PowerShell module assembly dependency conflicts" describes,
/// turned about: there the module's own engine is private too, which hides its types from scripts.
/// </para>
/// </remarks>
internal sealed class PrivateDependencies : AssemblyLoadContext
{
    private static readonly Lazy<PrivateDependencies> OfThisModule = new(Register);

    private readonly string _folder;

    private PrivateDependencies(string folder)
        : base("CesarPS")
    {
        _folder = folder;
    }

    /// <summary>Answers for the module's dependencies from now on, once a process, however often the module is imported.</summary>
    public static void Use() => _ = OfThisModule.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(file) && AssemblyName.GetAssemblyName(file).Version == assemblyName.Version
            ? LoadFromAssemblyPath(file)
            : null;
    }

    private static PrivateDependencies Register()
    {
        string module = Path.GetDirectoryName(typeof(PrivateDependencies).Assembly.Location)!;
        var dependencies = new PrivateDependencies(Path.Combine(module, "lib"));
        Default.Resolving += (_, name) => dependencies.Load(name);
        return dependencies;
    }
}
