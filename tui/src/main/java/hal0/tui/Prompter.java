package hal0.tui;

import hal0.tui.plain.Lines;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Consumer;

/// Reads lines on a thread of its own, one each time that one is wanted: a prompt that stands there
/// unasked would be mixed with what is printed.
///
/// **Threads** one asks, another runs; it ends with the lines, or when it is interrupted.
final class Prompter implements Runnable {
    private static final System.Logger LOG = System.getLogger(Prompter.class.getName());

    private final Lines lines;
    private final Consumer<Lines.Read> to;
    private final SynchronousQueue<Wanted> wanted = new SynchronousQueue<>();

    Prompter(Lines lines, Consumer<Lines.Read> to) {
        this.lines = lines;
        this.to = to;
    }

    /// What a line is asked for with; a secret is not shown while it is typed.
    record Wanted(String prompt, boolean secret) {}

    /// Blocks until the line before has been read.
    void ask(Wanted next) throws InterruptedException {
        wanted.put(next);
    }

    @Override
    public void run() {
        try {
            Lines.Read read;
            do {
                Wanted next = wanted.take();
                read = next.secret() ? lines.secret(next.prompt()) : lines.read(next.prompt());
                to.accept(read);
            } while (!(read instanceof Lines.Read.End));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more lines", e);
            to.accept(new Lines.Read.End());
        }
    }
}
