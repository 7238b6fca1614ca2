package hal0.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import hal0.agent.AgentEvent;
import hal0.cli.AskCommand.AskProgress;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.TerminalText;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;

/// Prints an answer as it comes, in the form that was asked for.
sealed interface AskOutput {

    void accept(AgentEvent event, AskProgress progress);

    /// **Errors** [CommandException] for a form that does not exist.
    static AskOutput of(String form, Console console) {
        return switch (form.toLowerCase(Locale.ROOT)) {
            case "text" ->
                    new Text(console, new TerminalText(console.out(), Console.isTerminal(1)));
            case "json" -> new WholeJson(console);
            case "stream-json" -> new StreamJson(console);
            default ->
                    throw new CommandException(
                            ExitCode.USAGE,
                            "--output is text, json or stream-json, not \"%s\"".formatted(form));
        };
    }

    /// The answer on standard output; its cost and any failure on standard error.
    record Text(Console console, TerminalText words) implements AskOutput {
        @Override
        public void accept(AgentEvent event, AskProgress progress) {
            switch (event) {
                case AgentEvent.TextDelta(String text) -> {
                    words.print(text);
                }
                case AgentEvent.TurnEnded(StopReason reason) -> {
                    finish(progress);
                    if (progress.content().isEmpty() && reason == StopReason.END) {
                        console.err().println("hal0: the answer is empty");
                    } else if (reason == StopReason.LENGTH) {
                        console.err().println("hal0: the answer was cut at the token limit");
                    } else if (reason == StopReason.REFUSAL) {
                        console.err().println("hal0: the model refused to answer");
                    }
                    cost(progress);
                }
                case AgentEvent.TurnInterrupted _ -> {
                    finish(progress);
                    // Whoever stopped reading (`| head -1`) knows.
                    if (!console.isOutputGone()) {
                        console.err().println("hal0: interrupted");
                    }
                }
                case AgentEvent.TurnHalted(String message) -> {
                    finish(progress);
                    console.err().println("hal0: " + message);
                }
                case AgentEvent.TurnFailed(_, String message) -> {
                    finish(progress);
                    console.err().println("hal0: " + message);
                }
                case AgentEvent.AnswerStarted _,
                        AgentEvent.ThinkingDelta _,
                        AgentEvent.Work _,
                        AgentEvent.Spent _ -> {}
            }
        }

        private void finish(AskProgress progress) {
            String content = progress.content();
            if (!content.isEmpty() && !content.endsWith("\n")) {
                console.out().println();
            }
            console.out().flush();
        }

        /// Only for people: a script that wants the cost asks for json.
        private void cost(AskProgress progress) {
            AgentEvent.AnswerStarted started = progress.started();
            AgentEvent.Spent spent = progress.spent();
            if (started == null || spent == null || !Console.isTerminal(2)) {
                return;
            }
            console.err()
                    .printf(
                            "%s/%s · %d in, %d out · %s%n",
                            started.provider(),
                            started.model(),
                            spent.usage().totalInput(),
                            spent.usage().output(),
                            Money.format(spent.cost()));
        }
    }

    /// One object at the end.
    record WholeJson(Console console) implements AskOutput {
        @Override
        public void accept(AgentEvent event, AskProgress progress) {
            switch (event) {
                case AgentEvent.TurnEnded(StopReason reason) ->
                        Lines.write(console.out(), json -> Lines.result(json, progress, reason));
                case AgentEvent.TurnInterrupted _ ->
                        Lines.write(
                                console.out(),
                                json -> Lines.error(json, ErrorKind.CANCELLED, "interrupted"));
                case AgentEvent.TurnHalted(String message) -> {
                    Lines.write(
                            console.out(), json -> Lines.error(json, ErrorKind.REJECTED, message));
                    console.err().println("hal0: " + message);
                }
                case AgentEvent.TurnFailed(ErrorKind kind, String message) -> {
                    Lines.write(console.out(), json -> Lines.error(json, kind, message));
                    console.err().println("hal0: " + message);
                }
                case AgentEvent.AnswerStarted _,
                        AgentEvent.TextDelta _,
                        AgentEvent.ThinkingDelta _,
                        AgentEvent.Work _,
                        AgentEvent.Spent _ -> {}
            }
        }
    }

    /// One event a line, `done` or `error` last.
    record StreamJson(Console console) implements AskOutput {
        @Override
        public void accept(AgentEvent event, AskProgress progress) {
            PrintStream out = console.out();
            switch (event) {
                case AgentEvent.AnswerStarted _, AgentEvent.Work _ -> {}
                case AgentEvent.TextDelta(String text) ->
                        Lines.write(out, json -> Lines.delta(json, "text_delta", text));
                case AgentEvent.ThinkingDelta(String text) ->
                        Lines.write(out, json -> Lines.delta(json, "thinking_delta", text));
                case AgentEvent.Spent(Usage usage, Cost cost) ->
                        Lines.write(
                                out,
                                json -> {
                                    json.writeStringField("type", "usage");
                                    Lines.usage(json, usage, cost);
                                });
                case AgentEvent.TurnEnded(StopReason reason) ->
                        Lines.write(
                                out,
                                json -> {
                                    json.writeStringField("type", "done");
                                    Lines.result(json, progress, reason);
                                });
                case AgentEvent.TurnInterrupted _ ->
                        Lines.write(
                                out,
                                json -> {
                                    json.writeStringField("type", "error");
                                    Lines.error(json, ErrorKind.CANCELLED, "interrupted");
                                });
                case AgentEvent.TurnHalted(String message) ->
                        Lines.write(
                                out,
                                json -> {
                                    json.writeStringField("type", "error");
                                    Lines.error(json, ErrorKind.REJECTED, message);
                                });
                case AgentEvent.TurnFailed(ErrorKind kind, String message) ->
                        Lines.write(
                                out,
                                json -> {
                                    json.writeStringField("type", "error");
                                    Lines.error(json, kind, message);
                                });
            }
        }
    }

    /// The JSON of both forms.
    final class Lines {
        private static final JsonFactory JSON =
                JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

        private Lines() {}

        interface Members {
            void to(JsonGenerator json) throws IOException;
        }

        /// Writes one object on a line of its own, at once.
        static void write(PrintStream out, Members members) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = JSON.createGenerator(bytes)) {
                json.writeStartObject();
                members.to(json);
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes.write('\n');
            out.writeBytes(bytes.toByteArray());
            out.flush();
        }

        static void delta(JsonGenerator json, String type, String text) throws IOException {
            json.writeStringField("type", type);
            json.writeStringField("text", text);
        }

        static void error(JsonGenerator json, ErrorKind kind, String message) throws IOException {
            json.writeObjectFieldStart("error");
            json.writeStringField("kind", kind.name().toLowerCase(Locale.ROOT));
            json.writeStringField("message", message);
            json.writeEndObject();
        }

        static void result(JsonGenerator json, AskProgress progress, StopReason reason)
                throws IOException {
            AgentEvent.AnswerStarted started = progress.started();
            AgentEvent.Spent spent = progress.spent();
            json.writeStringField("provider", started == null ? null : started.provider());
            json.writeStringField("model", started == null ? null : started.model());
            json.writeStringField("content", progress.content());
            json.writeStringField("finish_reason", reason.name().toLowerCase(Locale.ROOT));
            if (spent == null) {
                json.writeNullField("usage");
                json.writeNullField("cost_usd");
            } else {
                usage(json, spent.usage(), spent.cost());
            }
            json.writeNumberField("latency_ms", progress.latencyMillis());
            if (progress.firstTokenMillis() < 0) {
                json.writeNullField("first_token_ms");
            } else {
                json.writeNumberField("first_token_ms", progress.firstTokenMillis());
            }
            json.writeStringField("session_id", progress.session());
        }

        static void usage(JsonGenerator json, Usage usage, Cost cost) throws IOException {
            json.writeObjectFieldStart("usage");
            json.writeNumberField("input_tokens", usage.input());
            json.writeNumberField("output_tokens", usage.output());
            json.writeNumberField("cache_read_tokens", usage.cacheRead());
            json.writeNumberField("cache_write_tokens", usage.cacheWrite());
            json.writeNumberField("reasoning_tokens", usage.reasoning());
            json.writeEndObject();
            BigDecimal usd = cost.usd();
            if (usd == null) {
                json.writeNullField("cost_usd");
            } else {
                json.writeNumberField("cost_usd", plain(usd));
            }
        }

        /// `0.5`, never `5E-1`: some readers of JSON do not know exponents.
        private static BigDecimal plain(BigDecimal amount) {
            BigDecimal stripped = amount.stripTrailingZeros();
            return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }
    }
}
