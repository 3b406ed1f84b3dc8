using System.Management.Automation;

namespace CesarPS.Hosting;

/// <summary>What happens when the module is imported: nothing but to say where its dependencies are.</summary>
public sealed class ModuleImport : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => PrivateDependencies.Use();
}
