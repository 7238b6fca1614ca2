package hal0.tui;

import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.state.Earlier;
import hal0.tui.state.FirstChoice;
import hal0.tui.state.UiState;
import hal0.tui.theme.Palettes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the screen needs of the rest of the program.
///
/// **Shape** `control` starts or finds the relay; it is asked once, after the first paint, and may
/// block and throw. `discovery` is asked when nothing is active. `active` is what the configuration
/// says, for the first paint. `notices` is given, after `control`, where to tell what the user
/// should know: at once how that went, such as a port that another program had, and later, on any
/// thread, what happens to the configuration. Whoever made `control` closes it. `approver` is who
/// asks the user whether calls may be run. `earlier` is what was said before the screen opened.
public record Services(
        Conversation conversation,
        Supplier<ControlPlane> control,
        Supplier<List<FirstChoice>> discovery,
        @Nullable Active active,
        UiState.About about,
        Look look,
        Path historyFile,
        Consumer<Consumer<String>> notices,
        ScreenApprover approver,
        Earlier earlier,
        Past past,
        Surroundings surroundings) {

    /// Nothing to be told.
    public Services(
            Conversation conversation,
            Supplier<ControlPlane> control,
            Supplier<List<FirstChoice>> discovery,
            @Nullable Active active,
            UiState.About about,
            Look look,
            Path historyFile) {
        this(
                conversation,
                control,
                discovery,
                active,
                about,
                look,
                historyFile,
                _ -> {},
                new ScreenApprover(),
                Earlier.NOTHING,
                Past.NONE,
                Surroundings.NONE);
    }

    /// How to draw. `environment` tells colours and the character set.
    public record Look(TuiSettings settings, Map<String, String> environment, Palettes palettes) {
        public Look {
            environment = Map.copyOf(environment);
        }

        public Look(Map<String, String> environment) {
            this(TuiSettings.USUAL, environment, new Palettes(null));
        }
    }
}
