using System.CommandLine;

namespace CesarPS.Console.Commands;

/// <summary>One command of cesar.</summary>
internal interface ICesarCommand
{
    /// <summary>Makes the command with its options and what it does.</summary>
    Command Build();
}
