package hal0.cli.wiring;

import hal0.agent.AgentSettings;
import hal0.agent.hook.HooksSection;
import hal0.agent.mcp.McpSection;
import hal0.agent.permission.PermissionSection;
import hal0.home.Home;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.store.StoreSection;
import hal0.providers.Presets;
import hal0.providers.config.ActiveSection;
import hal0.providers.config.LegacyProviderSection;
import hal0.providers.config.ModelsSection;
import hal0.providers.config.ProvidersSection;
import hal0.providers.config.UpstreamsSection;
import hal0.relay.RelaySettings;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.dispatch.DispatcherSettings;
import hal0.relay.embed.MemorySection;
import hal0.relay.routing.CapabilitiesSection;
import hal0.relay.routing.RouteSection;
import hal0.relay.update.UpdatesSection;
import hal0.slots.definition.GpuSettings;
import hal0.slots.definition.SlotsSettings;
import hal0.slots.model.RegistrySection;
import hal0.tui.TuiSettings;
import java.util.List;

/// The tables of `config.toml`, `upstreams.toml` and `models.toml`, as the modules read them.
record ConfigSections(
        ActiveSection active,
        ProvidersSection providers,
        LegacyProviderSection legacy,
        UpstreamsSection upstreams,
        Presets presets) {

    static ConfigSections of(Presets presets) {
        return new ConfigSections(
                new ActiveSection(),
                new ProvidersSection(presets),
                new LegacyProviderSection(presets),
                new UpstreamsSection(presets),
                presets);
    }

    List<Section<?>> ofConfig() {
        return List.of(
                active,
                providers,
                legacy,
                RelaySettings.SECTION,
                DispatcherSettings.SECTION,
                BudgetSettings.SECTION,
                RouteSection.SECTION,
                CapabilitiesSection.SECTION,
                MemorySection.SECTION,
                SlotsSettings.SECTION,
                GpuSettings.SECTION,
                StoreSection.SECTION,
                ModelsSection.SECTION,
                UpdatesSection.SECTION,
                AgentSettings.SECTION,
                PermissionSection.SECTION,
                HooksSection.SECTION,
                McpSection.SECTION,
                TuiSettings.SECTION);
    }

    List<Section<?>> ofUpstreams() {
        return List.of(upstreams);
    }

    List<Section<?>> ofModels() {
        return List.of(RegistrySection.SECTION);
    }

    Settings models(Home home) {
        return Settings.read(home.config().resolve(RegistrySection.FILE), ofModels());
    }

    Settings config(Home home) {
        return Settings.read(home.configFile(), ofConfig());
    }

    Settings upstreams(Home home) {
        return Settings.read(home.upstreamsFile(), ofUpstreams());
    }
}
