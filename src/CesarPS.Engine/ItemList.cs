using System.Collections.ObjectModel;
using System.Globalization;

namespace CesarPS.Engine;

/// <summary>
/// A list that scripts can index: PowerShell takes what the compiler makes of <c>[.. items]</c> for one object. As a
/// text it is its length, which is what a table of comma-separated values should say of it.
/// </summary>
internal sealed class ItemList<T> : ReadOnlyCollection<T>
{
    private ItemList(IList<T> items)
        : base(items)
    {
    }

    /// <summary>A list of these items.</summary>
    public static ItemList<T> Of(IEnumerable<T> items) => items as ItemList<T> ?? new ItemList<T>([.. items]);

    /// <inheritdoc/>
    public override string ToString() => Count.ToString(CultureInfo.InvariantCulture);
}
