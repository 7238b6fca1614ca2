package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.http.Transport;
import hal0.providers.listing.ModelLists;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The graph that calls providers with scripts, over a folder of files.
final class Scripts implements AutoCloseable {
    final Path folder;
    final Map<String, String> variables = new HashMap<>();
    final ScriptFiles files;
    final Transport plain =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    final RequestBuilder requests =
            new RequestBuilder(name -> Optional.ofNullable(variables.get(name)));
    final LuaScripts lua;
    final ProviderClient client;
    final ModelLists lists;

    Scripts(Path folder) {
        this.folder = folder;
        this.files = new ScriptFiles(folder);
        this.lua = new LuaScripts(files, plain, requests);
        Transport transport = new ScriptedTransport(plain, lua);
        this.client = new ProviderClient(transport, requests, InstantSource.system(), lua);
        this.lists = new ModelLists(transport, requests, client, InstantSource.system());
    }

    Scripts file(String name, String source) {
        try {
            Files.createDirectories(folder);
            // In one step, as editors do it.
            Path fresh = Files.writeString(folder.resolve(name + ".new"), source);
            Files.move(fresh, folder.resolve(name + ".lua"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(Scripts.class.getResourceAsStream("/scripts/" + name))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A provider of a script's type, as its table in config.toml would declare it.
    static Provider of(String type, String url, String... allowHosts) {
        return Provider.builder(type, Protocol.OPENAI, URI.create("script:" + type))
                .auth(new Auth.None())
                .keyNames(List.of("THE_KEY"))
                .script(new ScriptUse(type, url, List.of(allowHosts), false))
                .build();
    }

    /// A script with these lines before `return provider`.
    static String minimal(URI baseUrl, String lines) {
        return """
        local provider = {
          protocol = "openai_compat",
          base_url = "%s",
          completions_endpoint = "/chat/completions",
        }
        %s
        return provider
        """
                .formatted(baseUrl, lines);
    }

    @Override
    public void close() {
        lua.close();
        plain.close();
    }
}
