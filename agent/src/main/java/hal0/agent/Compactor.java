package hal0.agent;

import hal0.agent.session.Conversation;
import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.providers.Answer;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks the model for a summary of older turns and puts it in their place.
final class Compactor {
    private final TurnParts parts;
    private final Account account;
    private final CancelToken cancel;
    private final Consumer<AgentEvent> sink;

    Compactor(TurnParts parts, Account account, CancelToken cancel, Consumer<AgentEvent> sink) {
        this.parts = parts;
        this.account = account;
        this.cancel = cancel;
        this.sink = sink;
    }

    /// False when there is nothing to sum up. Of a window of so many tokens the last part stays as
    /// it was said.
    ///
    /// **Errors** [ProviderException] when no summary could be had; then nothing has changed but
    /// what it cost.
    boolean run(long window) {
        History history = parts.recorder().history();
        Optional<Integer> cut = parts.equipment().compaction().cut(history, window);
        if (cut.isEmpty()) {
            return false;
        }
        SessionEntry.ModelSaid said = summary(older(history, cut.get()));
        String text = said.text();
        parts.recorder().happened(new SessionEntry.Compacted(parts.now(), text, cut.get()));
        sink.accept(new AgentEvent.Compacted(text, Compaction.used(parts.recorder().history())));
        return true;
    }

    private static List<SessionEntry> older(History history, int cut) {
        int since = history.summary().map(SessionEntry.Compacted::from).orElse(0);
        List<SessionEntry> older = new ArrayList<>();
        history.summary().ifPresent(older::add);
        for (History.Numbered each : history.all()) {
            if (each.number() >= since
                    && each.number() < cut
                    && !(each.entry() instanceof SessionEntry.Compacted)) {
                older.add(each.entry());
            }
        }
        return older;
    }

    private SessionEntry.ModelSaid summary(List<SessionEntry> older) {
        Agent.Choice asked = parts.choice().get();
        List<Message> messages = new ArrayList<>();
        messages.addAll(Conversation.of(older, asked.provider()));
        messages.add(Message.user(instruction()));
        ChatRequest request = ChatRequest.of(asked.name(), messages);
        try (Answer answer = parts.client().open(request, parts.call(account, cancel, sink))) {
            SessionEntry.ModelSaid said =
                    new AnswerReading(answer, cancel, _ -> {}).run(parts.clock());
            spent(said);
            if (said.ending() instanceof SessionEntry.Ending.Stopped && !said.text().isBlank()) {
                return said;
            }
            throw new ProviderException.BadStream(
                    cancel.isCancelled() ? "interrupted" : "the summary did not come whole",
                    Failure.unanswered(said.provider(), said.model()),
                    null);
        }
    }

    /// What did not lead to a summary is paid for all the same.
    private void spent(SessionEntry.ModelSaid said) {
        if (!said.spent()) {
            return;
        }
        Usage usage = said.usage() == null ? Usage.NONE : said.usage();
        parts.recorder()
                .happened(
                        new SessionEntry.SpentBeside(
                                parts.now(),
                                "compaction",
                                said.requestId(),
                                said.provider(),
                                said.model(),
                                said.usage(),
                                said.cost()));
        sink.accept(new AgentEvent.Spent(usage, said.cost()));
    }

    private static String instruction() {
        try (InputStream in = Compactor.class.getResourceAsStream("summary.md")) {
            if (in == null) {
                throw new IllegalStateException("no instruction for summaries");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
