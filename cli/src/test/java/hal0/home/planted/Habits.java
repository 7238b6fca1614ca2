package hal0.home.planted;

import hal0.agent.planted.Cyclic;
import java.time.Duration;

/// Does what nobody does.
public class Habits {
    Cyclic cycle;

    void prints() {
        System.out.println("here");
    }

    void declares() throws Exception {
        Thread.sleep(Duration.ZERO);
    }

    void throwsAnything() {
        throw new RuntimeException("something");
    }
}
