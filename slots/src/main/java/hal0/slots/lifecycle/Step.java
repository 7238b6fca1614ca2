package hal0.slots.lifecycle;

import java.util.List;

/// What comes of an event.
sealed interface Step {

    /// The slot is in this state now, which may be the one it was in, and this is to be done.
    record To(SlotState state, List<Effect> effects) implements Step {
        public To {
            effects = List.copyOf(effects);
        }
    }

    /// The order cannot be carried out from here; `why` ends the sentence "it is warming: ".
    record Refused(String why) implements Step {}

    static Step to(SlotState state, Effect... effects) {
        return new To(state, List.of(effects));
    }

    static Step refused(String why) {
        return new Refused(why);
    }
}
