using System.Reflection;
using CesarPS.Engine.Pipeline;
using Microsoft.Extensions.Logging;

namespace CesarPS.Engine.Tests.Diagnostics;

/// <summary>Who filters a log goes by the numbers of its events.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void No_two_events_have_one_number()
    {
        int[] numbers =
        [
            .. from type in typeof(TranscriptionEngine).Assembly.GetTypes()
               from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
               let message = method.GetCustomAttribute<LoggerMessageAttribute>()
               where message is not null
               select message.EventId,
        ];

        numbers.Length.ShouldBeGreaterThan(10);
        numbers.ShouldBeUnique();
    }
}
