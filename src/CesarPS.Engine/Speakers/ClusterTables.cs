namespace CesarPS.Engine.Speakers;

/// <summary>
/// What is known of each two of up to so many groups, symmetric. Four tables of 300 groups take 3 MB: whoever works on
/// many blocks uses them again.
/// </summary>
/// <param name="groups">How many groups there may be.</param>
internal sealed class ClusterTables(int groups)
{
    /// <summary>The sum of the pairs' cosines, less what windows hold against it.</summary>
    public double[][] Cross { get; } = Square(groups);

    /// <summary>The same sum of the pairs alone that share no speech.</summary>
    public double[][] Apart { get; } = Square(groups);

    /// <summary>The weight of those pairs.</summary>
    public double[][] ApartWeight { get; } = Square(groups);

    /// <summary>How alike the two are.</summary>
    public double[][] Likeness { get; } = Square(groups);

    private static double[][] Square(int groups) => [.. Enumerable.Range(0, groups).Select(_ => new double[groups])];
}
