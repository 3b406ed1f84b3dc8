using System.Runtime.InteropServices;

namespace CesarPS.Engine.Inference;

/// <summary>
/// Something that ONNX Runtime allocated, released exactly once. It keeps its owner alive: a session must not outlive
/// its environment, in whichever order the two are disposed of or finalized.
/// </summary>
internal sealed class OrtHandle : SafeHandle
{
    private readonly OrtApi _api;
    private readonly OrtFunction _release;
    private readonly OrtHandle? _owner;

    public OrtHandle(OrtApi api, OrtFunction release, nint value, OrtHandle? owner = null)
        : base(0, ownsHandle: true)
    {
        _api = api;
        _release = release;
        if (owner is not null)
        {
            bool held = false;
            owner.DangerousAddRef(ref held);
            _owner = owner;
        }

        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer; the caller keeps this handle alive while using it.</summary>
    public nint Value => handle;

    protected override bool ReleaseHandle()
    {
        _api.Release(_release, handle);
        _owner?.DangerousRelease();
        return true;
    }
}
