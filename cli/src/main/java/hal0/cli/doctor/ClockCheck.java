package hal0.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether this machine's clock agrees with those of the providers: certificates and ledgers depend
/// on it.
record ClockCheck(Answers answers, InstantSource clock) implements Check {
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "clock";
    }

    @Override
    public List<Row> rows() {
        List<Duration> apart = new ArrayList<>();
        for (String id : answers.ids()) {
            Instant date = date(answers.of(id));
            if (date != null) {
                apart.add(Duration.between(date, clock.instant()));
            }
        }
        if (apart.isEmpty()) {
            return List.of(Row.skip("clock", "nobody told the time"));
        }
        // The one in the middle: a single server may be wrong itself.
        Collections.sort(apart);
        Duration middle = apart.get(apart.size() / 2);
        return List.of(
                middle.abs().compareTo(TOLERATED) > 0
                        ? Row.warn(
                                "clock",
                                "this machine's clock is %d s %s"
                                        .formatted(
                                                middle.abs().toSeconds(),
                                                middle.isNegative() ? "behind" : "ahead"),
                                "set it by the network: timedatectl set-ntp true")
                        : Row.pass("clock", "agrees with the providers"));
    }

    private static @Nullable Instant date(Answer answer) {
        return switch (answer) {
            case Answer.Listed listed -> listed.date();
            case Answer.Refused refused -> refused.date();
            case Answer.Unreached _, Answer.NotAsked _ -> null;
        };
    }
}
