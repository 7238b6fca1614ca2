package hal0.tui;

import hal0.agent.permission.Approver;
import hal0.providers.http.CancelToken;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks the user at the screen, one question at a time.
///
/// **Threads** `ask` blocks on the threads of turns; `answer` comes from the screen's. Before the
/// screen listens there is nobody to ask.
public final class ScreenApprover implements Approver {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private @Nullable Consumer<Question> screen;
    private @Nullable Question open;
    private @Nullable Answer answer;

    @Override
    public Answer ask(Question question, CancelToken cancel) {
        turn.lock();
        try {
            return asked(question, cancel);
        } finally {
            turn.unlock();
        }
    }

    private Answer asked(Question question, CancelToken cancel) {
        Consumer<Question> shown;
        lock.lock();
        try {
            if (screen == null) {
                return new Answer.Nobody();
            }
            shown = screen;
            open = question;
            answer = null;
        } finally {
            lock.unlock();
        }
        shown.accept(question);
        try (CancelToken.Registration _ = cancel.onCancel(() -> answer(new Answer.No(null)))) {
            return awaited();
        }
    }

    private Answer awaited() {
        lock.lock();
        try {
            Answer given = answer;
            while (given == null) {
                answered.awaitUninterruptibly();
                given = answer;
            }
            open = null;
            return given;
        } finally {
            lock.unlock();
        }
    }

    /// Shows questions from now on.
    void listen(Consumer<Question> to) {
        lock.lock();
        try {
            screen = to;
        } finally {
            lock.unlock();
        }
    }

    /// The answer to the question that is open; without one it means nothing.
    void answer(Answer given) {
        lock.lock();
        try {
            if (open != null && answer == null) {
                answer = given;
                answered.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nobody answers any more.
    void close() {
        lock.lock();
        try {
            screen = null;
        } finally {
            lock.unlock();
        }
        answer(new Answer.Nobody());
    }
}
