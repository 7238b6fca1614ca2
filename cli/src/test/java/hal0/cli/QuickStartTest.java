package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the launcher gives Java a cache of classes.
class QuickStartTest {
    @TempDir Path folder;
    Launch launch;
    Path app;

    @BeforeEach
    void built() throws Exception {
        launch = new Launch(folder);
        launch.set("JAVA_HOME", launch.jdk("jdk", "25"));
        launch.run();
        Path work = launch.project().resolve("target/hal0");
        app = work.resolve(Files.readString(work.resolve("built")).strip());
    }

    @Test
    void buildThatCanMakeNoCacheSaysSoOnceAndHal0Starts() throws Exception {
        Files.delete(launch.project().resolve("target/hal0/built"));
        assertThat(launch.run("ask"))
                .returns(0, Launch.Result::exit)
                .extracting(Launch.Result::out)
                .asString()
                .endsWith("/hal0.jar\nask\n")
                .doesNotContain("AOT");
        assertThat(launch.run("ask").err()).isEmpty();
    }

    @Test
    void kindOfCommandHasACacheOfItsOwn() throws Exception {
        cache("ask", "screen", "serve", "short");
        assertThat(launch.run("ask").out()).contains("/ask.aot\n-Xlog:aot=off,cds=off\n");
        assertThat(launch.run("--plain").out()).contains("/screen.aot\n");
        assertThat(launch.run("serve").out()).contains("/serve.aot\n");
        assertThat(launch.run("slots", "list").out()).contains("/short.aot\n");
    }

    @Test
    void jarThatIsNewerThanTheCacheIsNotStartedFromIt() throws Exception {
        cache("ask");
        Instant later = Instant.now().plus(Duration.ofMinutes(1));
        Files.setLastModifiedTime(app.resolve("hal0.jar"), FileTime.from(later));
        assertThat(launch.run("ask").out()).doesNotContain("AOTCache");
    }

    @Test
    void cacheOfAnotherJdkIsNotUsed() throws Exception {
        cache("ask");
        launch.set("JAVA_HOME", other());
        assertThat(launch.run("ask").out()).doesNotContain("AOTCache");
        assertThat(app.resolve("aot-Other-26+1")).as("its own").isDirectory();
    }

    @Test
    void whoToldJavaOfAnArchiveOfTheirOwnGetsThat() throws Exception {
        cache("ask");
        for (String own : List.of("-Xshare:off", "-XX:AOTCache=x", "-XX:SharedArchiveFile=x")) {
            assertThat(launch.set("HAL0_JAVA_OPTS", own).run("ask").out())
                    .as(own)
                    .doesNotContain("/ask.aot");
        }
    }

    /// Java tells of it on standard output, where programs read.
    @Test
    void javaSaysNothingOfADamagedCache() throws Exception {
        launch.set("HAL0_JAVA_HOME", System.getProperty("java.home"));
        launch.set("HAL0_JAVA_OPTS", "-version");
        launch.run("ask");
        for (byte[] damaged : List.of(new byte[0], new byte[100], new byte[1 << 20])) {
            try (Stream<Path> caches = Files.list(app)) {
                for (Path each : caches.filter(name -> name.toString().contains("aot-")).toList()) {
                    Files.write(each.resolve("ask.aot"), damaged);
                }
            }
            Launch.Result result = launch.run("ask");
            assertThat(result.exit()).isZero();
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("version").doesNotContain("aot", "AOT", "archive");
        }
    }

    private void cache(String... kinds) throws Exception {
        for (String kind : kinds) {
            Path file = Files.createFile(app.resolve("aot-unknown").resolve(kind + ".aot"));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        }
    }

    private Path other() throws Exception {
        Path jdk = launch.jdk("other", "26");
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR_VERSION=\"Other-26+1\"\nJAVA_VERSION=\"26\"\n");
        return jdk;
    }
}
