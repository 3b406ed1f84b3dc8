using CesarPS.Engine;
using CesarPS.Engine.Configuration;
using CesarPS.Engine.Models;
using CesarPS.Hosting;

namespace CesarPS.Commands;

/// <summary>What the cmdlets for models share.</summary>
public abstract class ModelCommand : CesarCommand
{
    private ModelStore? _store;

    /// <summary>Only for the cmdlets of this module.</summary>
    private protected ModelCommand()
    {
    }

    /// <summary>The models that there are.</summary>
    private protected ModelStore Store => _store ??= new ModelStore(Configuration.Load().Engine(ModuleFolder.Path).Models);

    /// <summary>Does something with each name. What is wrong with one is a non-terminating error.</summary>
    private protected void Each(IEnumerable<string> names, Action<string> act)
    {
        foreach (string name in names)
        {
            try
            {
                act(name);
            }
            catch (CesarException error)
            {
                WriteError(ErrorRecords.Of(error, name));
            }
        }
    }

    /// <summary>A model of the catalogue by its name or alias, as it is now.</summary>
    /// <exception cref="CesarException">There is none of that name.</exception>
    private protected ModelInfo Find(string name)
    {
        string known = Store.Catalogue.Find(name).Name;
        return Store.List().First(model => model.Name == known);
    }
}
