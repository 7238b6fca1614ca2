package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.providers.Secret;
import hal0.relay.api.ProfileRoutes;
import hal0.relay.api.SlotFields;
import hal0.relay.api.UpstreamRoutes;
import hal0.relay.control.ProfileControl;
import hal0.relay.control.Rehearsal;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotJson;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.ToolException;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.model.ModelControl;
import hal0.relay.model.PullJson;
import hal0.relay.route.Field;
import hal0.slots.definition.Profiles;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent may ask for, and only the owner may allow.
///
/// **Shape** a definition that would start a program of this machine is refused when it comes to be
/// written, approved or not: so it is for every request.
final class GatedTools {
    /// The tables of `config.toml` that agents may ask to change: none that runs something, lets
    /// somebody in, holds a secret or loosens what agents may do.
    private static final List<String> TABLES =
            List.of("active", "budget", "capabilities", "dispatcher", "gpu", "slots", "tui");

    private static final Field NAME = Field.text("name", "Its name.").must();
    private static final Field PROVIDER = Field.text("provider", "Its name.").must();

    private final Ground ground;
    private final Field slot;

    GatedTools(Ground ground, Field slot) {
        this.ground = ground;
        this.slot = slot;
    }

    List<OfferedTool> all() {
        List<OfferedTool> all = new ArrayList<>(slots());
        all.addAll(models());
        all.addAll(providers());
        all.addAll(profiles());
        all.add(setting());
        return all;
    }

    /// Whether the owner would be asked in vain: then the agent hears why at once.
    private Rehearsal would() {
        return ground.rehearsal();
    }

    private Gate gate(String name, String description, Gate.Summary summary) {
        return new Gate(ground, name, description, summary);
    }

    private List<OfferedTool> slots() {
        return List.of(
                gate("slot_create", "Defines a new slot.", g -> "define the slot " + g.text("name"))
                        .takes(SlotFields.NEW)
                        .does(given -> {
                            Map<String, @Nullable Object> keys = SlotFields.keys(given.body());
                            would().slotCreated(given.text("name"), keys);
                            return () ->
                                    slot(given.control().slots().create(given.text("name"), keys));
                        }),
                gate(
                                "slot_edit",
                                "Changes the keys of a slot's definition that are given; null takes one away.",
                                g -> "change the slot " + g.text("name"))
                        .takes(with(named(), SlotFields.TABLES))
                        .does(given -> {
                            Map<String, @Nullable Object> keys = SlotFields.keys(given.body());
                            would().slotChanged(given.text("name"), keys);
                            return () ->
                                    slot(given.control().slots().change(given.text("name"), keys));
                        }),
                gate(
                                "slot_delete",
                                "Takes a slot's definition away; what runs is ended.",
                                g -> "delete the slot " + g.text("slot"))
                        .destructive()
                        .takes(List.of(slot))
                        .does(given -> {
                            would().slotRemoved(given.text("slot"));
                            return () -> {
                                given.control().slots().remove(given.text("slot"));
                                return Trees.object().put("removed", given.text("slot"));
                            };
                        }));
    }

    /// `slot` is a table of the definition there.
    private Field named() {
        return new Field(
                "name", slot.kind(), true, false, slot.about(), slot.words(), slot.inner());
    }

    private static ObjectNode slot(SlotInfo slot) {
        return Trees.object(json -> SlotJson.write(json, slot));
    }

    private static List<Field> with(Field first, List<Field> others) {
        List<Field> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return List.copyOf(all);
    }

    private List<OfferedTool> models() {
        return List.of(
                gate(
                                "model_pull",
                                "Pulls a model onto this machine; once approved, pull_get tells how far it is.",
                                g -> "pull the model " + g.text("reference"))
                        .openWorld()
                        .takes(
                                List.of(
                                        Field.text(
                                                        "reference",
                                                        "hf:ORG/REPO:QUANT, hf:ORG/REPO[@REVISION]/FILE, or an address.")
                                                .must(),
                                        Field.text("id", "What it is registered as."),
                                        Field.text("sha256", "What its file has to be.")))
                        .does(given -> {
                            PullWish wish =
                                    new PullWish(
                                            given.text("reference").strip(),
                                            given.textOrNull("id"),
                                            given.textOrNull("sha256"));
                            Pulls.check(wish);
                            return () -> {
                                var begun = given.models().pull(wish).status();
                                return Trees.object(json -> PullJson.write(json, begun));
                            };
                        }),
                gate(
                                "model_remove",
                                "Takes a model out of the registry, with files its files too.",
                                g -> "remove the model " + g.text("id"))
                        .destructive()
                        .takes(
                                List.of(
                                        Field.text("id", "As models_list has it.").must(),
                                        Field.flag("files", "Its files too."),
                                        Field.flag(
                                                "force", "Even where a slot is defined with it.")))
                        .does(given -> {
                            var _ =
                                    given.models()
                                            .one(given.text("id"), ModelControl.USUAL_CONTEXT);
                            return () -> {
                                var gone =
                                        given.models()
                                                .remove(
                                                        given.text("id"),
                                                        given.flag("files"),
                                                        given.flag("force"));
                                return Trees.object().put("removed", gone.id());
                            };
                        }));
    }

    private List<OfferedTool> providers() {
        return List.of(
                gate(
                                "provider_add",
                                "Declares a provider; its key is set with credential_set.",
                                g ->
                                        "add the provider %s at %s"
                                                .formatted(g.text("name"), g.text("url")))
                        .takes(UpstreamRoutes.NEW)
                        .does(given -> {
                            Map<String, @Nullable Object> keys = UpstreamRoutes.keys(given.body());
                            boolean confirmed = given.flag(UpstreamRoutes.CONFIRM);
                            would().upstreamAdded(keys, confirmed);
                            return () ->
                                    ProviderTools.tree(
                                            given.control().upstreams().add(keys, confirmed));
                        }),
                gate(
                                "provider_edit",
                                "Changes what is declared of a provider; null takes a key away.",
                                g -> "change the provider " + g.text("provider"))
                        .takes(with(PROVIDER, UpstreamRoutes.CHANGE))
                        .does(given -> {
                            Map<String, @Nullable Object> keys =
                                    UpstreamRoutes.keys(given.body().without("provider"));
                            boolean confirmed = given.flag(UpstreamRoutes.CONFIRM);
                            would().upstreamChanged(given.text("provider"), keys, confirmed);
                            return () ->
                                    ProviderTools.tree(
                                            given.control()
                                                    .upstreams()
                                                    .change(
                                                            given.text("provider"),
                                                            keys,
                                                            confirmed));
                        }),
                gate(
                                "provider_remove",
                                "Takes a provider out of upstreams.toml.",
                                g -> "remove the provider " + g.text("provider"))
                        .destructive()
                        .takes(List.of(PROVIDER))
                        .does(given -> {
                            would().upstreamRemoved(given.text("provider"));
                            return () -> {
                                given.control().upstreams().remove(given.text("provider"));
                                return Trees.object().put("removed", given.text("provider"));
                            };
                        }),
                gate(
                                "credential_set",
                                "Writes the key of a provider; the value is never shown to anybody.",
                                g ->
                                        "set %s of the provider %s"
                                                .formatted(g.text("variable"), g.text("provider")))
                        .hiding("value")
                        .takes(
                                List.of(
                                        PROVIDER,
                                        Field.text(
                                                        "variable",
                                                        "The variable that the provider reads, as provider_get has it.")
                                                .must(),
                                        Field.text("value", "The key itself.").must()))
                        .does(given -> {
                            Secret value = new Secret(given.text("value"));
                            would().credentialSet(
                                            given.text("provider"), given.text("variable"), value);
                            return () -> {
                                given.control()
                                        .upstreams()
                                        .setCredential(
                                                given.text("provider"),
                                                given.text("variable"),
                                                value);
                                return Trees.object().put("set", given.text("variable"));
                            };
                        }));
    }

    private List<OfferedTool> profiles() {
        return List.of(
                gate(
                                "profile_create",
                                "Adds a profile for slots.",
                                g -> "add the profile " + g.text("name"))
                        .takes(ProfileRoutes.NEW)
                        .does(given -> {
                            Map<String, @Nullable Object> keys = ProfileRoutes.keys(given.body());
                            would().profileCreated(given.text("name"), keys);
                            return () -> profile(profiles(given).create(given.text("name"), keys));
                        }),
                gate(
                                "profile_edit",
                                "Changes a profile; null takes a key away.",
                                g -> "change the profile " + g.text("name"))
                        .takes(with(NAME, ProfileRoutes.KEYS))
                        .does(given -> {
                            Map<String, @Nullable Object> keys = ProfileRoutes.keys(given.body());
                            would().profileChanged(given.text("name"), keys);
                            return () -> profile(profiles(given).change(given.text("name"), keys));
                        }),
                gate(
                                "profile_remove",
                                "Takes a profile out of profiles.toml.",
                                g -> "remove the profile " + g.text("name"))
                        .destructive()
                        .takes(List.of(NAME))
                        .does(given -> {
                            would().profileRemoved(given.text("name"));
                            return () -> {
                                profiles(given).remove(given.text("name"));
                                return Trees.object().put("removed", given.text("name"));
                            };
                        }));
    }

    private ProfileControl profiles(Given given) {
        return ground.profiles().by(given.asker());
    }

    private static ObjectNode profile(Profiles.Layers profile) {
        return Trees.object(json -> ProfileControl.write(json, profile));
    }

    private OfferedTool setting() {
        return gate(
                        "setting_set",
                        "Changes keys of config.toml in the tables %s; null takes one out."
                                .formatted(String.join(", ", TABLES)),
                        g -> "change settings: " + String.join(", ", values(g).keySet()))
                .takes(
                        List.of(
                                Field.any(
                                                "values",
                                                "An object: dotted keys, as settings_list has them, with their new values.")
                                        .must()))
                .does(given -> {
                    Map<String, @Nullable Object> values = values(given);
                    would().settingsChanged(values);
                    return () -> {
                        given.control().settings().change(values);
                        ObjectNode object = Trees.object();
                        values.keySet().forEach(object.putArray("changed")::add);
                        return object;
                    };
                });
    }

    private static Map<String, @Nullable Object> values(Given given) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(given.body().flat("values"));
        for (String key : values.keySet()) {
            int dot = key.indexOf('.');
            if (dot < 0 || !TABLES.contains(key.substring(0, dot))) {
                throw new ToolException(
                        "only keys of %s can be changed over MCP; ask the user to change others with hal0 config set"
                                .formatted(String.join(", ", TABLES)));
            }
        }
        return values;
    }
}
