package hal0.providers.script.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The program of a script's process: takes frames from standard input, answers on standard output.
///
/// **Shape** ends by itself, with status [#IDLE], when its input does (the program has ended), and
/// when nothing was asked for ten minutes. **Threads** the script has one of its own, so that the
/// end of the input is seen while it runs.
public final class ScriptProcess {
    /// The status of an end that is nobody's fault.
    public static final int IDLE = 0;

    /// The status after the stack was used up: what the script was doing is half done.
    public static final int STACK = 4;

    private static final long IDLE_MINUTES = 10;
    private static final long STACK_BYTES = 4L * 1024 * 1024;

    private final LinkedBlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final DataOutputStream out;

    private ScriptProcess(DataOutputStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        // Whatever else wants to print would end up between two frames.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        ScriptProcess process = new ScriptProcess(out);
        new Thread(null, process::serve, "script", STACK_BYTES).start();
        process.listen(in);
    }

    private void listen(DataInputStream in) {
        try {
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                frames.add(frame);
            }
        } catch (IOException e) {
            // The program is gone, in the middle of a frame: the same as the end.
        } finally {
            Runtime.getRuntime().halt(IDLE);
        }
    }

    private void serve() {
        Script.warmUp();
        send(Frame.of(Frame.Kind.READY));
        Script script = new Script(this);
        while (true) {
            Frame frame = next(IDLE_MINUTES);
            if (frame == null) {
                Runtime.getRuntime().halt(IDLE);
                return;
            }
            send(answer(script, frame));
        }
    }

    private Frame answer(Script script, Frame frame) {
        try {
            return script.answer(frame);
        } catch (StackOverflowError e) {
            send(new Frame(Frame.Kind.FAILED, "stack overflow".getBytes(UTF_8)));
            Runtime.getRuntime().halt(STACK);
            throw e;
        }
    }

    void send(Frame frame) {
        try {
            frame.write(out);
        } catch (IOException e) {
            // Nobody listens any more.
            Runtime.getRuntime().halt(IDLE);
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the answer to a question of the script's.
    Frame ask(Frame question) {
        send(question);
        Frame answer = next(IDLE_MINUTES);
        if (answer == null) {
            Runtime.getRuntime().halt(IDLE);
            throw new IllegalStateException("no answer");
        }
        return answer;
    }

    private @Nullable Frame next(long minutes) {
        try {
            return frames.poll(minutes, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            // Nobody interrupts here but the end of the process.
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
