package hal0.providers.probe;

import hal0.home.error.ErrorKind;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.providers.Timeouts;
import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.listing.Listing;
import hal0.providers.listing.ModelListParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out whether a provider can be reached, whether it takes its key, how fast it answers and
/// how many models it has, without asking a model.
///
/// **Shape** the list of models is asked for with the key, and once more with a false one, which
/// tells whether the first answer proves anything; OpenRouter has a page for the key instead. A
/// provider whose key is not set is not called. **Errors** only `Cancelled`; everything else is a
/// finding. **Threads** any; blocks for half a minute at most.
///
/// **Source** OpenRouter's `GET /key`, 401 for a wrong key:
/// openrouter.ai/docs/api/api-reference/api-keys/get-current-key.md, read 2026-11-21.
public final class ConnectionProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final Secret FALSE_KEY = new Secret("hal0-asks-with-a-false-key");
    private static final String OPENROUTER_HOST = "openrouter.ai";

    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient client;
    private final Duration patience;

    public ConnectionProbe(Transport transport, RequestBuilder requests, ProviderClient client) {
        this(transport, requests, client, PATIENCE);
    }

    /// **Units** `patience` for each of the calls.
    ConnectionProbe(
            Transport transport,
            RequestBuilder requests,
            ProviderClient client,
            Duration patience) {
        this.patience = patience;
        this.transport = transport;
        this.requests = requests;
        this.client = client;
    }

    /// A test of one provider.
    ///
    /// **Shape** `chosen` says that the user declared it or set its key: of another one that is
    /// absent, or is a relay of hal0 itself, nothing was to be checked.
    public Connection of(Provider declared, boolean chosen, CancelToken cancel) {
        Optional<Connection> untried = untried(declared);
        if (untried.isPresent()) {
            return untried.get();
        }
        Provider provider = client.scripts().completed(declared);
        Provider impatient = impatient(provider);
        Reply own = models(impatient, cancel);
        if (!chosen && own instanceof Reply.Took(_, _, var hal0) && hal0) {
            return Findings.of(provider, new Findings.Answers(false, own, null, List.of()))
                    .skipped(
                            "a relay of hal0 answers there, and %s is not declared"
                                    .formatted(provider.id()));
        }
        Connection found = Findings.of(provider, answers(impatient, own, cancel));
        return !chosen && found.reach() != Reach.ANSWERED
                ? found.skipped(
                        "nothing answers at %s, and %s is not declared"
                                .formatted(provider.baseUrl(), provider.id()))
                : withScript(provider, found);
    }

    /// A script that checks the health of its provider has a say in it.
    private Connection withScript(Provider provider, Connection found) {
        if (found.verdict() == Verdict.FAIL) {
            return found;
        }
        try {
            return client.scripts().healthy(provider).orElse(true)
                    ? found
                    : found.failed(
                            found.key(),
                            "the health_check of its script says that it cannot be used");
        } catch (ProviderException.Misconfigured e) {
            return found.failed(found.key(), String.valueOf(e.getMessage()));
        }
    }

    /// What can be said of a provider without calling it: that it cannot be called.
    public Optional<Connection> untried(Provider declared) {
        try {
            return untriedAsItIs(client.scripts().completed(declared));
        } catch (ProviderException.Misconfigured e) {
            return Optional.of(
                    Connection.untried(
                            declared.id(),
                            Verdict.FAIL,
                            KeyState.NOT_VERIFIED,
                            String.valueOf(e.getMessage())));
        }
    }

    private Optional<Connection> untriedAsItIs(Provider provider) {
        String id = provider.id();
        if (!Presets.hasAddress(provider)) {
            return Optional.of(
                    Connection.untried(
                            id,
                            Verdict.SKIP,
                            KeyState.NOT_NEEDED,
                            "its address is not known. Set HAL0_CUSTOM_BASE_URL, or base_url under [providers.%s]"
                                    .formatted(id)));
        }
        String scheme = String.valueOf(provider.baseUrl().getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.of(
                    new Connection(
                            id,
                            Verdict.SKIP,
                            Reach.IN_PROCESS,
                            KeyState.NOT_NEEDED,
                            null,
                            provider.models().size(),
                            "it answers inside this program: there is nothing to reach",
                            null));
        }
        if (requests.hasWhatItNeeds(provider)) {
            return Optional.empty();
        }
        return Optional.of(
                Connection.untried(id, Verdict.SKIP, KeyState.UNSET, missingKey(provider)));
    }

    private static String missingKey(Provider provider) {
        return provider.keyNames().isEmpty()
                ? "it needs a key, and no variable is named for it. Set api_key_env under [providers.%s]"
                        .formatted(provider.id())
                : "%s is not set. Run `hal0 providers credentials set %s`, or set it in the environment"
                        .formatted(String.join(" or ", provider.keyNames()), provider.id());
    }

    private Findings.Answers answers(Provider provider, Reply own, CancelToken cancel) {
        boolean keySent = requests.findKey(provider).isPresent();
        if (!keySent || !canBeProven(own)) {
            return new Findings.Answers(keySent, own, null, List.of());
        }
        KeyState proof;
        if (OPENROUTER_HOST.equals(provider.baseUrl().getHost())) {
            proof = Findings.provenByOwnPage(get(provider, "/key", false, cancel));
        } else {
            Provider withFalseKey =
                    provider.toBuilder().keyNames(List.of()).inlineKey(FALSE_KEY).build();
            proof = Findings.provenByFalseKey(own, models(withFalseKey, cancel));
        }
        return new Findings.Answers(true, own, proof, others(provider, cancel));
    }

    private static boolean canBeProven(Reply own) {
        return switch (own) {
            case Reply.Took _ -> true;
            case Reply.Failed failed -> failed.isAbsent();
        };
    }

    /// The answers to the keys after the first, where several are set.
    private List<Reply> others(Provider provider, CancelToken cancel) {
        List<Reply> others = new ArrayList<>();
        boolean first = true;
        for (String name : provider.keyNames()) {
            Provider keyed = provider.toBuilder().keyNames(List.of(name)).inlineKey(null).build();
            if (requests.findKey(keyed).isPresent()) {
                if (!first) {
                    others.add(models(keyed, cancel));
                }
                first = false;
            }
        }
        return others;
    }

    private Reply models(Provider provider, CancelToken cancel) {
        String path = RequestBuilder.modelsPath(Dialects.of(provider.protocol()), provider);
        return get(provider, path, true, cancel);
    }

    private Reply get(Provider provider, String path, boolean list, CancelToken cancel) {
        long began = System.nanoTime();
        try (UpstreamResponse response = transport.send(requests.get(provider, path), cancel)) {
            byte[] body = response.decoded().readAll(LARGEST);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (response.status() != 200) {
                ProviderException why =
                        client.failure(provider, "", response.status(), response.headers(), body);
                return new Reply.Failed(took, why);
            }
            return list
                    ? list(provider, client.scripts().models(provider, body), took)
                    : new Reply.Took(took, null, false);
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.CANCELLED) {
                throw e;
            }
            return new Reply.Failed(Duration.ofNanos(System.nanoTime() - began), e);
        }
    }

    private static Reply list(Provider provider, byte[] body, Duration took) {
        Optional<Listing.Listed> listed = ModelListParser.parse(body);
        if (listed.isEmpty()) {
            return new Reply.Failed(
                    took,
                    new ProviderException.BadStream(
                            "%s answered something that is not a list of models. Check base_url %s"
                                    .formatted(provider.id(), provider.baseUrl()),
                            new Failure(provider.id(), "", 200, null, null),
                            null));
        }
        return new Reply.Took(took, listed.get().models().size(), listed.get().hal0());
    }

    private Provider impatient(Provider provider) {
        Duration connect =
                provider.timeouts().connect().compareTo(patience) < 0
                        ? provider.timeouts().connect()
                        : patience;
        return provider.toBuilder()
                .timeouts(new Timeouts(connect, patience, patience, patience))
                .build();
    }
}
