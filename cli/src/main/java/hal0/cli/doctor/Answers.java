package hal0.cli.doctor;

import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.client.Dialects;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.listing.ModelListParser;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks providers for their models, all at once, from the moment it is made.
///
/// **Threads** any; who asks for an answer waits for it, three seconds at most.
final class Answers {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST = 32 * 1024 * 1024;

    private final Transport transport;
    private final RequestBuilder requests;
    private final CancelToken cancel = new CancelToken();
    private final Map<String, FutureTask<Answer>> tasks = new LinkedHashMap<>();
    private final long end = System.nanoTime() + PATIENCE.plusMillis(300).toNanos();

    private Answers(Transport transport, RequestBuilder requests) {
        this.transport = transport;
        this.requests = requests;
    }

    static Answers asking(List<Provider> providers, Transport transport, RequestBuilder requests) {
        Answers answers = new Answers(transport, requests);
        for (Provider provider : providers) {
            FutureTask<Answer> task = new FutureTask<>(() -> answers.ask(provider));
            answers.tasks.put(provider.id(), task);
            Thread.ofVirtual().name("doctor-asks-" + provider.id()).start(task);
        }
        return answers;
    }

    Answer of(String provider) {
        FutureTask<Answer> task = tasks.get(provider);
        if (task == null) {
            return new Answer.NotAsked("it is not in use");
        }
        try {
            return task.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            cancel.cancel("the doctor has waited long enough");
            return new Answer.NotAsked("no answer within three seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.NotAsked("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking " + provider + " failed", e.getCause());
        }
    }

    private Answer ask(Provider provider) {
        if (provider.script() != null) {
            return new Answer.NotAsked(
                    "it is called through its script; hal0 providers test asks it");
        }
        String scheme = String.valueOf(provider.baseUrl().getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Answer.NotAsked("it answers inside this program");
        }
        if (!requests.hasWhatItNeeds(provider)) {
            return new Answer.NotAsked("its key is not set");
        }
        Provider impatient =
                provider.toBuilder()
                        .timeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE))
                        .build();
        try {
            Answer answer = list(impatient);
            return answer instanceof Answer.Refused refused && refused.status() == 404
                    ? betterAddress(impatient, refused)
                    : answer;
        } catch (ProviderException e) {
            return new Answer.Unreached(e);
        }
    }

    private Answer list(Provider provider) {
        String path = RequestBuilder.modelsPath(Dialects.of(provider.protocol()), provider);
        long began = System.nanoTime();
        try (UpstreamResponse response = transport.send(requests.get(provider, path), cancel)) {
            byte[] body = response.decoded().readAll(LARGEST);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Instant date = response.headers().find("Date").map(Answers::instant).orElse(null);
            int status = response.status();
            if (status != 200) {
                return new Answer.Refused(status, date, "answers with status " + status, null);
            }
            return ModelListParser.parse(body)
                    .<Answer>map(listed -> new Answer.Listed(took, date, listed.models()))
                    .orElseGet(() ->
                            new Answer.Refused(
                                    status,
                                    date,
                                    "answers something that is no list of models",
                                    null));
        }
    }

    /// The commonest mistake is a base URL that stops before `/v1`, or goes on after it.
    private Answer betterAddress(Provider provider, Answer.Refused refused) {
        String base = provider.baseUrl().toString();
        String other =
                base.endsWith("/chat/completions")
                        ? base.substring(0, base.length() - "/chat/completions".length())
                        : base.endsWith("/v1")
                                ? base.substring(0, base.length() - 3)
                                : base + "/v1";
        URI better = URI.create(other);
        Answer second = list(provider.toBuilder().baseUrl(better).build());
        boolean found =
                second instanceof Answer.Listed
                        || (second instanceof Answer.Refused(var status, var _, var _, var _)
                                && (status == 401 || status == 403));
        return found ? new Answer.Refused(404, refused.date(), refused.message(), better) : refused;
    }

    private static @Nullable Instant instant(String httpDate) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate));
        } catch (DateTimeException e) {
            return null; // a server that says nothing of use
        }
    }

    /// Those who were asked.
    List<String> ids() {
        return List.copyOf(tasks.keySet());
    }

    Optional<Answer.Listed> listed(String provider) {
        return of(provider) instanceof Answer.Listed listed
                ? Optional.of(listed)
                : Optional.empty();
    }
}
