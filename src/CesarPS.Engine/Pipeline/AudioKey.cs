using System.Globalization;
using CesarPS.Engine.Audio;
using CesarPS.Engine.Caching;

namespace CesarPS.Engine.Pipeline;

/// <summary>What names a part of a recording in a key.</summary>
internal static class AudioKey
{
    /// <summary>Names the part and the track; a channel is named by who works on one.</summary>
    public static KeyBuilder AddSelection(this KeyBuilder key, AudioSelection selection) => key
        .Add("start", selection.Start)
        .Add("limit", selection.Limit())
        .Add("track", selection.Track?.ToString(CultureInfo.InvariantCulture));
}
