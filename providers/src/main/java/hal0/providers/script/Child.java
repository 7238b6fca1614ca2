package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.IoReason;
import hal0.providers.script.child.Frame;
import hal0.providers.script.child.ScriptProcess;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A script's process, seen from here: asked one thing at a time.
///
/// **Errors** [ScriptException] when the script failed, [Ended] when the process is gone with it:
/// it is of no use any more then. **Threads** one at a time.
final class Child implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMillis(250);

    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    /// What the process asks for, or says, while it is asked something.
    interface Requests {
        byte[] http(byte[] question);

        void log(String level, String text);
    }

    /// **Shape** `idle` when the process had ended before it was asked, or just then.
    static final class Ended extends RuntimeException {
        private final boolean idle;

        Ended(String message, boolean idle) {
            super(message);
            this.idle = idle;
        }

        boolean isIdle() {
            return idle;
        }
    }

    private static final Requests NOTHING =
            new Requests() {
                @Override
                public byte[] http(byte[] question) {
                    throw new IllegalStateException("a process that starts asks for nothing");
                }

                @Override
                public void log(String level, String text) {
                    throw new IllegalStateException("a process that starts says nothing");
                }
            };

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean stopped;

    private Child(Process process) {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    static Child start() {
        Child child;
        try {
            child = new Child(JavaCommand.start());
        } catch (IOException e) {
            throw new ScriptException("the process for it cannot be started: " + IoReason.of(e), e);
        }
        boolean ready = false;
        try (OwnTime time = new OwnTime(child.process, START)) {
            child.await(time, NOTHING);
            ready = true;
            return child;
        } catch (Ended e) {
            throw new ScriptException("the process for it cannot be started: " + e.getMessage(), e);
        } finally {
            if (!ready) {
                child.close();
            }
        }
    }

    /// Sends `question` and gives the answer to it.
    byte[] ask(Frame question, Requests requests) {
        if (question.payload().length > Frame.LARGEST) {
            throw new ScriptException(
                    "this is more than %d MiB, which a script is not given"
                            .formatted(Frame.LARGEST >> 20));
        }
        OwnTime time = new OwnTime(process, LIMIT);
        try (time) {
            write(question, time);
            Frame answer = await(time, requests);
            String text = new String(answer.payload(), UTF_8);
            return switch (answer.kind()) {
                case LOADED, RESULT -> answer.payload();
                case REFUSED -> throw new RefusedByScript(text);
                case FAILED -> throw new ScriptException(text);
                case LOAD, CALL, HTTP_ANSWER, READY, HTTP, LOG ->
                        throw new Ended("its process answered nonsense", false);
            };
        } finally {
            // It may have been stopped just after it had answered.
            stopped = time.isExceeded();
        }
    }

    private Frame await(OwnTime time, Requests requests) {
        while (true) {
            Frame frame = read(time);
            switch (frame.kind()) {
                case HTTP -> {
                    time.pause();
                    byte[] answer = requests.http(frame.payload());
                    time.resume();
                    write(new Frame(Frame.Kind.HTTP_ANSWER, answer), time);
                }
                case LOG -> said(new String(frame.payload(), UTF_8), requests);
                case READY, LOADED, RESULT, REFUSED, FAILED, LOAD, CALL, HTTP_ANSWER -> {
                    return frame;
                }
            }
        }
    }

    private static void said(String text, Requests requests) {
        int space = text.indexOf(' ');
        requests.log(text.substring(0, Math.max(0, space)), text.substring(space + 1));
    }

    private Frame read(OwnTime time) {
        try {
            Frame frame = Frame.read(in);
            if (frame != null) {
                return frame;
            }
            throw ended(time, null);
        } catch (IOException e) {
            throw ended(time, e);
        }
    }

    private void write(Frame frame, OwnTime time) {
        try {
            frame.write(out);
        } catch (IOException e) {
            throw ended(time, e);
        }
    }

    /// Why the process is gone.
    private Ended ended(OwnTime time, @Nullable IOException e) {
        if (time.isExceeded()) {
            return new Ended(
                    "stopped after %d ms of its own time".formatted(LIMIT.toMillis()), false);
        }
        boolean gone = false;
        try {
            gone = process.waitFor(LAST_WORD);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!gone) {
            process.destroyForcibly();
            return new Ended(
                    "its process answered nonsense" + (e == null ? "" : ": " + IoReason.of(e)),
                    false);
        }
        return switch (process.exitValue()) {
            case JavaCommand.OUT_OF_MEMORY ->
                    new Ended(
                            "stopped because it used more than %d MiB".formatted(JavaCommand.HEAP),
                            false);
            case ScriptProcess.IDLE, ScriptProcess.STACK -> new Ended("its process ended", true);
            default -> new Ended("its process ended with status " + process.exitValue(), false);
        };
    }

    boolean isAlive() {
        return !stopped && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (in;
                out) {
            // Only to close both.
        } catch (IOException e) {
            // What was still to be written has nobody to read it.
        }
    }
}
