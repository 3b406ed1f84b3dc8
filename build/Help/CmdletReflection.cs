using System.Reflection;
using System.Runtime.InteropServices;

namespace CesarPS.Build.Help;

/// <summary>
/// Reads the cmdlets out of the compiled module. Nothing of it is run: attributes are read as data, against the
/// reference assembly of PowerShell, so that the build needs no PowerShell.
/// </summary>
internal static class CmdletReflection
{
    private const string AllSets = "__AllParameterSets";
    private const string Automation = "System.Management.Automation.";

    public static IReadOnlyList<CmdletShape> Read(string moduleFolder)
    {
        string[] folders = [moduleFolder, Path.Combine(moduleFolder, "lib"), AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory()];
        IEnumerable<string> files = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll"))
            .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase);
        using var context = new MetadataLoadContext(new PathAssemblyResolver(files), "System.Private.CoreLib");
        return [.. context.LoadFromAssemblyPath(Path.Combine(moduleFolder, "CesarPS.dll")).GetExportedTypes()
            .Where(type => !type.IsAbstract)
            .Select(type => (Type: type, Cmdlet: Attribute(type, "CmdletAttribute")))
            .Where(each => each.Cmdlet is not null)
            .Select(each => Shape(each.Type, each.Cmdlet!))
            .OrderBy(shape => shape.Name, StringComparer.Ordinal)];
    }

    private static CmdletShape Shape(Type type, CustomAttributeData cmdlet)
    {
        ParameterShape[] parameters = [.. Properties(type)
            .Where(property => Attribute(property, "ParameterAttribute") is not null)
            .Select(Parameter)
            .Where(parameter => parameter.Uses.Count > 0)];
        string? standard = Named(cmdlet, "DefaultParameterSetName") as string;
        string[] sets = [.. parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set).OfType<string>()
            .Distinct(StringComparer.Ordinal).OrderBy(set => set != standard)];
        return new CmdletShape(
            $"{cmdlet.ConstructorArguments[0].Value}-{cmdlet.ConstructorArguments[1].Value}",
            Named(cmdlet, "SupportsShouldProcess") is true,
            sets.Length == 0 ? [AllSets] : sets,
            parameters);
    }

    // The cmdlet's own parameters before those of its bases.
    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        for (Type? at = type; at is not null; at = at.BaseType)
        {
            foreach (PropertyInfo property in at.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                yield return property;
            }
        }
    }

    private static ParameterShape Parameter(PropertyInfo property)
    {
        Type type = Unwrapped(property.PropertyType);
        Type single = type.IsArray ? type.GetElementType()! : type;
        CustomAttributeData? set = Attribute(property, "ValidateSetAttribute");
        return new ParameterShape(
            property.Name,
            TypeName(type),
            Attribute(property, "AliasAttribute") is { } alias ? Texts(alias.ConstructorArguments[0]) : [],
            Attribute(property, "SupportsWildcardsAttribute") is not null,
            set is not null ? Texts(set.ConstructorArguments[0]) : single.IsEnum ? single.GetEnumNames() : [],
            [.. property.GetCustomAttributesData().Where(data => Is(data, "ParameterAttribute") && Named(data, "DontShow") is not true).Select(Use)]);
    }

    private static ParameterUse Use(CustomAttributeData data) => new(
        Named(data, "ParameterSetName") as string is { } set && set != AllSets ? set : null,
        Named(data, "Mandatory") is true,
        Named(data, "Position") is int position and >= 0 ? position : null,
        Named(data, "ValueFromPipeline") is true,
        Named(data, "ValueFromPipelineByPropertyName") is true);

    private static Type Unwrapped(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition().FullName == typeof(Nullable<>).FullName ? type.GetGenericArguments()[0] : type;

    private static string TypeName(Type type) => type.IsArray ? TypeName(type.GetElementType()!) + "[]" : type.Name;

    private static CustomAttributeData? Attribute(MemberInfo member, string name) =>
        member.GetCustomAttributesData().FirstOrDefault(data => Is(data, name));

    private static bool Is(CustomAttributeData data, string name) => data.AttributeType.FullName == Automation + name;

    private static object? Named(CustomAttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    private static string[] Texts(CustomAttributeTypedArgument values) => values.Value is IEnumerable<CustomAttributeTypedArgument> many
        ? [.. many.Select(value => (string)value.Value!)]
        : [(string)values.Value!];
}
