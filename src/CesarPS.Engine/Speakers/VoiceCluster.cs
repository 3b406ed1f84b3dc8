namespace CesarPS.Engine.Speakers;

/// <summary>
/// A group of pieces by its sums: the mean cosine between the pieces of two groups is the scalar product of their
/// sums, so that no piece has to be looked at again when groups are compared or joined.
/// </summary>
internal sealed class VoiceCluster
{
    private double _pairs;
    private double _pairWeight;
    private double? _scale;

    private VoiceCluster(float[] sum, double weight, double speech) => (Sum, Weight, Speech) = (sum, weight, speech);

    /// <summary>The sum of the embeddings, each times its seconds.</summary>
    public float[] Sum { get; }

    /// <summary>The sum of the pieces' seconds. Pieces overlap, so that it is more than is spoken.</summary>
    public double Weight { get; private set; }

    /// <summary>The seconds that are spoken.</summary>
    public double Speech { get; private set; }

    /// <summary>A group of one piece.</summary>
    /// <param name="embedding">Its voice, at length 1.</param>
    /// <param name="seconds">How much speech it describes.</param>
    /// <param name="speech">How much of that no other piece stands for.</param>
    public static VoiceCluster Of(float[] embedding, double seconds, double speech)
    {
        float[] sum = new float[embedding.Length];
        VoiceVector.Add(sum, embedding, (float)seconds);
        return new VoiceCluster(sum, seconds, speech);
    }

    /// <summary>The same group, to be changed by itself.</summary>
    public VoiceCluster Copy() =>
        new((float[])Sum.Clone(), Weight, Speech) { _pairs = _pairs, _pairWeight = _pairWeight };

    /// <summary>The sum of all pairs' cosines, one of the pair from each group, each times its seconds.</summary>
    public static double Cross(VoiceCluster a, VoiceCluster b) => VoiceVector.Dot(a.Sum, b.Sum);

    /// <summary>
    /// How alike two groups' voices are: the mean cosine between them over that within them. It estimates the cosine
    /// of the voices themselves, whatever the scatter of single pieces: about 1 for one person, near 0 for two.
    /// </summary>
    public static double Likeness(VoiceCluster a, VoiceCluster b, double cross, VoiceSettings settings) =>
        cross * a.Scale(settings) * b.Scale(settings);

    /// <summary>Takes in another group, which is of no use any more.</summary>
    /// <param name="other">The other group.</param>
    /// <param name="apart">The sum of the pairs between them that share no speech.</param>
    /// <param name="apartWeight">The weight of those pairs.</param>
    public void TakeIn(VoiceCluster other, double apart, double apartWeight)
    {
        VoiceVector.Add(Sum, other.Sum, 1);
        Weight += other.Weight;
        Speech += other.Speech;
        _pairs += other._pairs + (2 * apart);
        _pairWeight += other._pairWeight + (2 * apartWeight);
        _scale = null;
    }

    /// <summary>The direction of the voice.</summary>
    public float[] Centroid()
    {
        float length = (float)Math.Sqrt(VoiceVector.Dot(Sum, Sum));
        return length > 0 ? Array.ConvertAll(Sum, value => value / length) : Sum;
    }

    // Its part of what a cross sum is divided by; asked for each pair of groups, and the same until the group grows.
    private double Scale(VoiceSettings settings) => _scale ??= 1 / (Weight * Math.Sqrt(Cohesion(settings)));

    // The mean cosine of two of its pieces that share no speech, drawn towards what is expected while they are few.
    private double Cohesion(VoiceSettings settings)
    {
        const double Least = 0.1;
        return Math.Max(Least, (_pairs + (settings.CohesionWeight * settings.ExpectedCohesion)) / (_pairWeight + settings.CohesionWeight));
    }
}
