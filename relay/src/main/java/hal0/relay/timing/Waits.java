package hal0.relay.timing;

/// The time that one request spent waiting for its client, for an upstream, or for the next try.
///
/// **Shape** a wait within another counts once; they are added in the order of their ends.
/// **Units** nanoseconds, as [System#nanoTime] has them. **Threads** any.
public final class Waits {
    /// Those of the request that this thread answers.
    public static final ScopedValue<Waits> CURRENT = ScopedValue.newInstance();

    private long sum;
    private long until = Long.MIN_VALUE;

    /// A wait that has just ended.
    public void since(long start) {
        add(start, System.nanoTime());
    }

    synchronized void add(long start, long end) {
        long from = until == Long.MIN_VALUE || start - until > 0 ? start : until;
        if (end - from > 0) {
            sum += end - from;
            until = end;
        }
    }

    public synchronized long nanos() {
        return sum;
    }
}
