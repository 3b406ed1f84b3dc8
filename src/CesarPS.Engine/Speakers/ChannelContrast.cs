namespace CesarPS.Engine.Speakers;

/// <summary>What the two channels of a recording are to each other.</summary>
internal enum ChannelContrast
{
    /// <summary>A mix of them has all that is said.</summary>
    None,

    /// <summary>They hold different speech at the same time, of which a mix would lose one.</summary>
    DifferentSpeech,

    /// <summary>One is the other with its poles changed: a mix would be silence.</summary>
    OppositePoles,
}
