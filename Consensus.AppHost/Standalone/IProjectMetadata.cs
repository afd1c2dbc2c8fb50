namespace Aspire.Hosting;

/// <summary>Where a project and what was built of it lie; the classes in <c>Projects</c> are made by <c>Projects.targets</c>.</summary>
public interface IProjectMetadata
{
    /// <summary>The path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>The path of the built assembly.</summary>
    string AssemblyPath { get; }
}
