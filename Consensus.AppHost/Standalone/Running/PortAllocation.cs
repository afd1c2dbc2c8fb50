using Consensus.AppHost.Networking;
using Consensus.AppHost.Services;

namespace Consensus.AppHost.Standalone.Running;

/// <summary>Gives each endpoint its port before anything starts.</summary>
internal static class PortAllocation
{
    /// <returns>One line for each port that cannot be had; none when all is well.</returns>
    public static IReadOnlyList<string> Allocate(IReadOnlyList<ProjectResource> projects)
    {
        var problems = new List<string>();
        var users = new Dictionary<int, string>();
        foreach (var project in projects.OrderBy(project => project.Http.Port is null))
        {
            if (project.Http.Port is not { } port)
            {
                do
                {
                    port = FreePort.Choose();
                }
                while (users.ContainsKey(port));
            }
            else if (users.TryGetValue(port, out var other))
            {
                problems.Add($"Port {port} is asked for by {other} and by {project.Name}. {Remedy(project)}");
            }
            else if (!FreePort.IsFree(port))
            {
                problems.Add($"Port {port}, where {project.Name} is to listen, is taken by {PortOwner.Find(port) ?? "another process"}. {Remedy(project)}");
            }

            users[port] = project.Name;
            project.Http.AllocatedPort = port;
        }

        return problems;
    }

    private static string Remedy(ProjectResource project) =>
        $"Set {ServiceProject.PortSetting(project.Name)} to another port, or to 0 for any free one.";
}
