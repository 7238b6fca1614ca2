package hal0.agent.context;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The agents of a home: a file for each.
///
/// **Shape** in the order of their names. A file with an error is no agent and does not keep others
/// from being ones. **Errors** [ConfigException] for what cannot be done. **Threads** any; each
/// call looks at the files.
public final class Agents {
    private final Path folder;

    public Agents(Path folder) {
        this.folder = folder;
    }

    /// Every file, the wrong ones too. A folder that is missing holds none.
    public List<AgentFile> all() {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Agents::counts).sorted().map(AgentFile::read).toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw wrong("", "the folder cannot be read: " + IoReason.of(e), "");
        }
    }

    /// The agent of that name.
    ///
    /// **Errors** [ConfigException] with all that is wrong with it, or with the nearest name.
    public AgentDefinition require(String name) {
        AgentFile file = file(name);
        if (!file.usable()) {
            throw new ConfigException(file.problems());
        }
        return file.agent();
    }

    /// Its file, usable or not.
    public AgentFile file(String name) {
        List<AgentFile> all = all();
        for (AgentFile file : all) {
            if (file.agent().name().equals(name)) {
                return file;
            }
        }
        List<String> names = all.stream().map(file -> file.agent().name()).toList();
        throw wrong(
                "",
                "there is no agent \"%s\"%s".formatted(name, Nearest.hint(name, names)),
                names.isEmpty()
                        ? "make one with: hal0 agents create NAME"
                        : "there are: " + String.join(", ", names));
    }

    /// Writes the file of a new agent, and says where.
    public Path create(AgentDefinition agent) throws IOException {
        String fileName = agent.name() + AgentFile.SUFFIX;
        if (!AgentFile.NAME.matcher(agent.name()).matches()) {
            throw wrong(
                    "", "\"%s\" cannot name an agent".formatted(agent.name()), AgentFile.NAME_RULE);
        }
        Path file = folder.resolve(fileName);
        AtomicFile.edit(
                file,
                current -> {
                    if (current != null) {
                        throw wrong(
                                fileName,
                                "there is an agent of that name",
                                "edit the file, or delete it first: hal0 agents delete "
                                        + agent.name());
                    }
                    return AgentFile.toml(agent).getBytes(UTF_8);
                });
        return file;
    }

    /// Takes the file of an agent away.
    public void delete(String name) throws IOException {
        Files.delete(file(name).file());
    }

    private static boolean counts(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(AgentFile.SUFFIX) && !name.startsWith(".");
    }

    private static ConfigException wrong(String file, String message, String fix) {
        return new ConfigException(
                List.of(
                        new ConfigProblem(
                                Severity.ERROR, "agents/" + file, 0, 0, "", message, fix)));
    }
}
