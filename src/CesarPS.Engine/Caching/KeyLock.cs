namespace CesarPS.Engine.Caching;

/// <summary>The right to work on a key, until it is disposed of.</summary>
internal sealed class KeyLock(Action<CesarException> fail, Action succeed, Action release) : IDisposable
{
    private bool _released;

    /// <summary>Remembers why the work failed, for those who wait.</summary>
    public void Fail(CesarException error) => fail(error);

    /// <summary>Forgets an earlier failure.</summary>
    public void Succeed() => succeed();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_released)
        {
            _released = true;
            release();
        }
    }
}
