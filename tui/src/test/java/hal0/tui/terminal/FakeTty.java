package hal0.tui.terminal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/// A terminal in memory; an empty array in its input is the end.
public final class FakeTty implements Tty {
    private final LinkedBlockingQueue<byte[]> input = new LinkedBlockingQueue<>();
    private final VirtualScreen screen;
    private volatile Size size;
    private volatile Runnable onResize = () -> {};
    private volatile Runnable onInterrupt = () -> {};
    private volatile boolean raw;
    private volatile boolean broken;
    private volatile int suspended;

    public FakeTty(Size size) {
        this.size = size;
        this.screen = new VirtualScreen(size);
    }

    public VirtualScreen screen() {
        return screen;
    }

    public void type(String text) {
        input.add(text.getBytes(StandardCharsets.UTF_8));
    }

    public void hangUp() {
        input.add(new byte[0]);
    }

    public void interrupt() {
        onInterrupt.run();
    }

    public void resize(Size other) {
        size = other;
        screen.resize(other);
        onResize.run();
    }

    /// Everything that asks for the size fails from now on.
    public void breakSize() {
        broken = true;
        onResize.run();
    }

    public boolean isRaw() {
        return raw;
    }

    public int suspended() {
        return suspended;
    }

    @Override
    public Size size() {
        if (broken) {
            throw new IllegalStateException("the size cannot be told");
        }
        return size;
    }

    @Override
    public void raw() {
        raw = true;
    }

    @Override
    public void restore() {
        raw = false;
    }

    @Override
    public String sttyWords() {
        return "";
    }

    @Override
    public int read(byte[] buffer) {
        try {
            byte[] bytes = input.take();
            System.arraycopy(bytes, 0, buffer, 0, bytes.length);
            return bytes.length == 0 ? -1 : bytes.length;
        } catch (InterruptedException e) {
            return -1;
        }
    }

    @Override
    public void write(byte[] bytes) {
        screen.writeBytes(bytes);
    }

    @Override
    public void onResize(Runnable action) {
        onResize = action;
    }

    @Override
    public void onInterrupt(Runnable action) {
        onInterrupt = action;
    }

    @Override
    public void onSuspend(Runnable stop, Runnable resumed) {}

    @Override
    public void lend(Runnable user) {
        user.run();
    }

    @Override
    public void suspend() {
        suspended++;
    }

    @Override
    public void close() {}
}
