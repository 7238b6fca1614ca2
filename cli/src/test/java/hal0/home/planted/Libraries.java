package hal0.home.planted;

import com.github.dockerjava.api.DockerClient;
import com.googlecode.lanterna.TextColor;
import io.helidon.webserver.WebServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.prometheus.metrics.core.metrics.Counter;
import java.sql.Connection;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;
import org.luaj.vm2.LuaValue;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.tomlj.TomlTable;
import picocli.CommandLine;

/// Knows libraries that are not its own, in a package that is not null-marked.
class Libraries {
    OkHttpClient http;
    WebServer server;
    TextColor color;
    CommandLine line;
    TomlTable table;
    LoadSettings yaml;
    Connection connection;
    Logger logger;
    LuaValue lua;
    Counter counter;
    DockerClient containers;
    McpSchema messages;
}
