using CesarPS.Console.Commands;

return await CommandLine.RunAsync(args);
