namespace CesarPS.Build.Tests;

public sealed class TestProjectTests
{
    [Fact]
    public void Each_project_of_tests_is_run()
    {
        string tests = Path.Combine(Repository.Find().Root, "tests");

        Directory.GetDirectories(tests, "*.Tests").Select(Path.GetFileName).ShouldBe(Steps.Tests.Projects, ignoreOrder: true);
    }
}
