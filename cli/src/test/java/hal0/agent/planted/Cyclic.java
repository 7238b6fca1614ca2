package hal0.agent.planted;

import hal0.home.planted.Habits;

/// One half of a cycle between packages.
public class Cyclic {
    Habits back;
}
