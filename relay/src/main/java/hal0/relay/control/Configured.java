package hal0.relay.control;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Setting;
import java.util.List;

/// Every key of the configuration and what holds for it, secrets masked; and what is wrong there.
///
/// **Threads** any.
public interface Configured extends ProviderFiles {

    List<Setting> shown();

    List<ConfigProblem> problems();
}
