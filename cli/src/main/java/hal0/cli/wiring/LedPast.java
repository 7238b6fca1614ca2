package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.Totals;
import hal0.agent.UndoReport;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileStep;
import hal0.agent.session.History;
import hal0.agent.session.SessionGlance;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.tui.Past;
import hal0.tui.state.Earlier;
import hal0.tui.state.Spend;
import hal0.tui.state.StoredSession;
import java.io.File;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was said before in an agent's conversation, and in others of its home.
record LedPast(Agent agent, Sessions all, String folder) implements Past {
    private static final int MOST = 200;

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
                new Spend(totals.usd(), totals.usd().signum() > 0, !totals.priceKnown()),
                agent.contextUsed());
    }

    @Override
    public List<StoredSession> sessions() {
        return all.stored().list(new StoredSessions.Wanted(folder, false, MOST)).sessions().stream()
                .filter(glance -> !glance.id().equals(agent.sessionId()))
                .map(LedPast::shown)
                .toList();
    }

    private static StoredSession shown(SessionGlance glance) {
        String when =
                DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT)
                        .withZone(ZoneId.systemDefault())
                        .format(glance.changed());
        String detail = "%s  %3d messages  %s".formatted(when, glance.messages(), glance.model());
        return new StoredSession(
                glance.id(), glance.title().isEmpty() ? glance.id() : glance.title(), detail);
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
}
