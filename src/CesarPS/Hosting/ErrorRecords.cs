using System.Management.Automation;
using CesarPS.Engine;

namespace CesarPS.Hosting;

/// <summary>Turns errors of the engine into error records: the id stays, the kind becomes a category.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error about a target, such as the path of a recording.</summary>
    public static ErrorRecord Of(CesarException error, object? target) => new(error, error.ErrorId, Category(error), target);

    /// <summary>Whether the error would meet every recording of a batch alike, so that the batch ends with it.</summary>
    public static bool EndsBatch(CesarException error) =>
        error.Kind is CesarErrorKind.Option or CesarErrorKind.Model or CesarErrorKind.Native;

    private static ErrorCategory Category(CesarException error) => error switch
    {
        { ErrorId: "InputNotFound" or "ModelNotFound" or "ModelUnknown" or "CacheKeyUnknown" or "ConfigurationUnknown"
            or "SourceGone" or "VideoGone" } => ErrorCategory.ObjectNotFound,
        { ErrorId: "SourceDenied" or "VideoPrivate" or "VideoForbidden" or "VideoMembersOnly" or "VideoSignInWanted" or "VideoAgeRestricted"
            or "VideoGeoRestricted" } => ErrorCategory.PermissionDenied,
        { ErrorId: "SourceUnavailable" or "VideoNetworkFailed" or "VideoRateLimited" } => ErrorCategory.ConnectionError,
        { ErrorId: "OutOfMemory" } => ErrorCategory.ResourceUnavailable,
        { ErrorId: "WhisperFailed" or "OnnxFailed" } => ErrorCategory.InvalidResult,
        { ErrorId: "InputUnreadable" or "ModelUnreadable" } => ErrorCategory.ReadError,
        { ErrorId: "OutputExists" or "OutputTaken" or "OutputReadOnly" } => ErrorCategory.ResourceExists,
        { ErrorId: "ToolMissing" or "ToolTooOld" } => ErrorCategory.NotInstalled,
        { Kind: CesarErrorKind.Input } => ErrorCategory.InvalidData,
        { Kind: CesarErrorKind.Option } => ErrorCategory.InvalidArgument,
        { Kind: CesarErrorKind.Output } => ErrorCategory.WriteError,
        { Kind: CesarErrorKind.Tool } => ErrorCategory.InvalidResult,
        { Kind: CesarErrorKind.Model } => ErrorCategory.ResourceUnavailable,
        { Kind: CesarErrorKind.Native } => ErrorCategory.NotInstalled,
        _ => ErrorCategory.NotSpecified,
    };
}
