namespace CesarPS.Engine.Tests.Models;

/// <summary>Asks for an error by its stable identifier.</summary>
internal static class Refused
{
    public static async Task<CesarException> WithAsync(string errorId, Func<Task> action)
    {
        CesarException error = await Should.ThrowAsync<CesarException>(action);
        error.ErrorId.ShouldBe(errorId, error.Message);
        error.Kind.ShouldBe(CesarErrorKind.Model);
        return error;
    }

    public static CesarException With(string errorId, Action action)
    {
        CesarException error = Should.Throw<CesarException>(action);
        error.ErrorId.ShouldBe(errorId, error.Message);
        error.Kind.ShouldBe(CesarErrorKind.Model);
        return error;
    }
}
