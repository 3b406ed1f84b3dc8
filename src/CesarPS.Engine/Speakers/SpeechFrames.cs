using CesarPS.Engine.Audio;

namespace CesarPS.Engine.Speakers;

/// <summary>The segmentation model's frames on the recording's clock. A frame stands for the time around its middle.</summary>
internal static class SpeechFrames
{
    /// <summary>The time from one frame to the next.</summary>
    public const double Seconds = (double)SegmentationModel.FrameShift / PcmFormat.SampleRate;

    /// <summary>How many frames a time takes.</summary>
    public static int In(double seconds) => (int)Math.Round(seconds / Seconds);

    /// <summary>The sample at which a frame's time begins; the first frame's begins with the recording.</summary>
    public static long Begin(int frame) => frame == 0 ? 0 : ((long)frame * SegmentationModel.FrameShift) + ((SegmentationModel.FrameLength - SegmentationModel.FrameShift) / 2);
}
