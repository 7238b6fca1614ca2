package hal0.agent.context;

import hal0.agent.workspace.Workspace;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Where and when a conversation takes place, as far as a model should know.
///
/// **Shape** the date has no time, so that what is told stays the same from turn to turn; `branch`
/// is null outside of a git repository.
public record Surroundings(
        String folder, String platform, LocalDate date, @Nullable String branch) {

    /// Looks at the files of git; runs nothing.
    public static Surroundings of(Workspace workspace, LocalDate today) {
        return new Surroundings(
                workspace.root().toString(),
                System.getProperty("os.name") + ' ' + System.getProperty("os.arch"),
                today,
                Repository.of(workspace.root()).flatMap(Repository::branch).orElse(null));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Working folder: ").append(folder);
        if (branch != null) {
            text.append("\nGit branch at the start: ").append(branch);
        }
        text.append("\nPlatform: ").append(platform);
        text.append("\nDate: ").append(date);
        return text.toString();
    }
}
