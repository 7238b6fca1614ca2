package hal0.slots.lifecycle;

import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a slot is between down and up, with what is known there.
///
/// **Shape** `ending`, where it is set, says why a loading is being given up; the state is left
/// when nothing of it is there any more.
public sealed interface SlotState {
    StateName name();

    /// The model that is loaded, on its way or wanted; null without one.
    @Nullable String model();

    /// Nothing runs. `wanted` while it is found out what loading would take; `failure` is why that
    /// could not begin the last time, `note` why it went down.
    record Offline(@Nullable Wanted wanted, @Nullable Failure failure, String note)
            implements SlotState {
        static final Offline EMPTY = new Offline(null, null, "");

        @Override
        public StateName name() {
            return StateName.OFFLINE;
        }

        @Override
        public @Nullable String model() {
            return wanted == null ? null : wanted.model();
        }
    }

    /// An image or the like is fetched.
    record Pulling(Job job, @Nullable PullProgress progress, @Nullable String ending)
            implements SlotState {
        @Override
        public StateName name() {
            return StateName.PULLING;
        }

        @Override
        public @Nullable String model() {
            return job.model();
        }
    }

    /// The runtime was asked to start it. `deaths` are ends that were told before the start was:
    /// one of them may be its own.
    record Starting(Job job, List<Death> deaths, @Nullable String ending) implements SlotState {
        public Starting {
            deaths = List.copyOf(deaths);
        }

        @Override
        public StateName name() {
            return StateName.STARTING;
        }

        @Override
        public @Nullable String model() {
            return job.model();
        }
    }

    /// It runs and has not answered yet.
    record Warming(Job job, Running running, @Nullable String ending) implements SlotState {
        @Override
        public StateName name() {
            return StateName.WARMING;
        }

        @Override
        public @Nullable String model() {
            return job.model();
        }
    }

    /// It answers, and nobody asks.
    record Ready(Up up) implements Answering {
        @Override
        public StateName name() {
            return StateName.READY;
        }
    }

    /// It answers somebody.
    record Serving(Up up) implements Answering {
        @Override
        public StateName name() {
            return StateName.SERVING;
        }
    }

    /// Nobody has asked for long, or there is no model to ask.
    record Idle(Up up) implements Answering {
        @Override
        public StateName name() {
            return StateName.IDLE;
        }
    }

    /// Requests are let in.
    sealed interface Answering extends SlotState {
        Up up();

        @Override
        default @Nullable String model() {
            return up().job().model();
        }
    }

    /// It is being stopped.
    record Unloading(Up up, String why) implements SlotState {
        @Override
        public StateName name() {
            return StateName.UNLOADING;
        }

        @Override
        public @Nullable String model() {
            return up.job().model();
        }
    }

    /// It failed. `left` is what still runs and is being stopped.
    record Broken(
            Failure failure, @Nullable String model, int crashes, @Nullable Running left, Next next)
            implements SlotState {
        @Override
        public StateName name() {
            return StateName.ERROR;
        }

        Broken then(Next other) {
            return new Broken(failure, model, crashes, left, other);
        }
    }

    /// What comes after a failure, once nothing is left.
    sealed interface Next {
        /// Nothing, until somebody asks.
        record Rest() implements Next {}

        /// Nothing, until an operator asks: it died too often.
        record Parked() implements Next {}

        /// Another try, that long after the failure.
        record Retry(Duration after) implements Next {}

        /// The slot goes down.
        record Down(String why) implements Next {}
    }

    /// A loading that was asked for; a null model is the default one.
    record Wanted(@Nullable String model) implements Next {}

    /// The end of something that ran; a null id is whatever there was.
    record Death(@Nullable String id, String why) {
        boolean isOf(Running running) {
            return id == null || id.equals(running.id());
        }
    }
}
