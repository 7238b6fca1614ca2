package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.FileDiff;
import hal0.agent.Totals;
import hal0.agent.UndoReport;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileStep;
import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionGlance;
import hal0.agent.session.SessionMarkdown;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import hal0.tui.Past;
import hal0.tui.board.SessionsBoard;
import hal0.tui.state.Earlier;
import hal0.tui.state.Spend;
import hal0.tui.state.StoredSession;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was said before in an agent's conversation, and in others of its home.
record LedPast(Agent agent, Sessions all, String folder) implements Past {
    private static final int MOST = 500;
    private static final int MOST_FOUND = 300;
    private static final int MOST_SAID = 8;

    @Override
    public Optional<UndoReport> preview(Direction direction) {
        return agent.preview(direction).map(this::named);
    }

    @Override
    public Optional<UndoReport> go(Direction direction) {
        return agent.undo(direction).map(this::named);
    }

    /// Files of the folder by their names in it.
    private UndoReport named(UndoReport report) {
        List<FileStep> files = report.files().stream().map(this::named).toList();
        return new UndoReport(report.direction(), report.input(), files);
    }

    private FileStep named(FileStep step) {
        String inside = folder + File.separator;
        String path = step.path();
        return new FileStep(
                path.startsWith(inside) ? path.substring(inside.length()) : path,
                step.kind(),
                step.added(),
                step.removed(),
                step.why());
    }

    @Override
    public boolean expand() {
        return agent.expand();
    }

    @Override
    public Earlier now() {
        Totals totals = agent.totals();
        return Earlier.of(
                agent.history().all().stream().map(History.Numbered::entry).toList(),
                new Spend(
                        totals.usd(),
                        totals.usd().signum() > 0,
                        !totals.priceKnown(),
                        agent.history().all().stream().anyMatch(LedPast::isEstimated)),
                agent.contextUsed(),
                !agent.readOnly());
    }

    /// Nobody counted what has a price all the same.
    private static boolean isEstimated(History.Numbered each) {
        return each.entry() instanceof SessionEntry.ModelSaid said
                && said.usage() == null
                && said.cost() instanceof Cost.Usd;
    }

    @Override
    public Optional<Instant> cutOff() {
        return all.findCutOff(folder);
    }

    @Override
    public List<StoredSession> sessions(boolean everywhere) {
        StoredSessions.Wanted wanted =
                new StoredSessions.Wanted(everywhere ? null : folder, false, MOST);
        return all.stored().list(wanted).sessions().stream()
                .filter(glance -> !glance.id().equals(agent.sessionId()))
                .map(LedPast::shown)
                .toList();
    }

    @Override
    public List<StoredSession> search(String words, boolean everywhere) {
        Map<String, String> excerpts = new HashMap<>();
        for (StoredSessions.Found found : all.stored().search(words, MOST_FOUND).found()) {
            excerpts.putIfAbsent(found.id(), found.excerpt());
        }
        return sessions(everywhere).stream()
                .filter(session -> excerpts.containsKey(session.id()))
                .map(session -> session.withExcerpt(excerpts.getOrDefault(session.id(), "")))
                .toList();
    }

    @Override
    public List<SessionsBoard.Said> end(String id) {
        List<SessionsBoard.Said> said = new ArrayList<>();
        for (History.Numbered each : History.of(all.stored().read(id).entries()).all()) {
            switch (each.entry()) {
                case SessionEntry.UserSaid user ->
                        said.add(new SessionsBoard.Said(true, words(user.parts())));
                case SessionEntry.ModelSaid model ->
                        said.add(new SessionsBoard.Said(false, model.text()));
                default -> {
                    // Calls and what is kept of files say little in few words.
                }
            }
        }
        said.removeIf(each -> each.text().isBlank());
        return List.copyOf(said.subList(Math.max(0, said.size() - MOST_SAID), said.size()));
    }

    private static String words(List<Part> parts) {
        return parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining(" "));
    }

    @Override
    public String delete(String id) {
        int gone = all.delete(id).size();
        return gone == 1 ? "the session is gone" : "the session and its tasks are gone";
    }

    private static StoredSession shown(SessionGlance glance) {
        return new StoredSession(
                glance.id(),
                glance.title().isEmpty() ? glance.id() : glance.title(),
                glance.header().cwd(),
                glance.changed(),
                glance.messages(),
                Money.format(glance.cost()),
                glance.model(),
                "");
    }

    @Override
    public String resume(String id) {
        String found = all.stored().find(id, Path.of(folder));
        if (found.equals(agent.sessionId())) {
            return "this is that session already";
        }
        String began = agent.resume(found).header().cwd();
        if (agent.readOnly()) {
            return "this session is open in another hal0: it can be read here; /fork makes a copy that can be continued";
        }
        return began.equals(folder)
                ? "going on with session " + found
                : "this session began in %s; now it is led here".formatted(began);
    }

    @Override
    public String fork() {
        String from = agent.sessionId();
        String copy = all.fork(from, all.stored().read(from).entries().size());
        agent.resume(copy);
        return "going on in a copy, %s; %s stays as it is".formatted(copy, from);
    }

    @Override
    public List<FileDiff> changes() {
        String inside = folder + File.separator;
        return agent.changes().stream()
                .map(change ->
                        change.path().startsWith(inside)
                                ? new FileDiff(
                                        change.path().substring(inside.length()), change.diff())
                                : change)
                .toList();
    }

    @Override
    public List<String> answers() {
        List<String> answers = new ArrayList<>();
        for (History.Numbered each : agent.history().all()) {
            if (each.entry() instanceof SessionEntry.ModelSaid said && !said.text().isBlank()) {
                answers.add(said.text());
            }
        }
        return answers.reversed();
    }

    @Override
    public String export(String name) {
        String id = agent.sessionId();
        Path file = Path.of(folder).resolve(name.isEmpty() ? id + ".md" : name);
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "%s is there already and stays as it is; name another file: /export FILE"
                            .formatted(file));
        }
        if (agent.history().all().isEmpty()) {
            throw new IllegalArgumentException("nothing was said yet");
        }
        try {
            String text = SessionMarkdown.of(all.stored().read(id));
            AtomicFile.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s cannot be written: %s".formatted(file, IoReason.of(e)), e);
        }
        return "written to " + file;
    }
}
