import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// Writes down whose work an image holds: `java Notices.java SBOM.json LIBRARIES FOLDER` makes
/// `FOLDER/NOTICES.md`, a row for each library of the SBOM, and beside it the licences and notices that the
/// libraries' jars bring along. Exits with 1 where a library names no licence: nobody may pass it on then.
static final Pattern TEXT =
        Pattern.compile("(?i)(META-INF/)?(LICENSE|LICENCE|NOTICE|COPYING|AL2.0|LGPL2.1)([._-].*)?");

record Library(String group, String name, String version, String licence) {
    boolean isOurs() {
        return group.equals("hal0");
    }
}

void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    List<Library> libraries = new ArrayList<>();
    for (JsonNode component : new ObjectMapper().readTree(Files.readString(Path.of(arguments[0]))).path("components")) {
        libraries.add(
                new Library(
                        component.path("group").asText(),
                        component.path("name").asText(),
                        component.path("version").asText(),
                        licence(component.path("licenses"))));
    }
    libraries.removeIf(Library::isOurs);
    libraries.sort(Comparator.comparing(Library::group).thenComparing(Library::name));
    StringBuilder table = new StringBuilder(
            """
            # What hal0 is made with

            Each library below belongs to its authors and comes under its own licence; the texts that they bring lie in
            folders of their names. The Java runtime is OpenJDK (GPL-2.0 with the Classpath Exception), its notices in
            `runtime/legal`.

            | library | version | licence | texts |
            |---|---|---|---|
            """);
    boolean whole = true;
    for (Library library : libraries) {
        if (library.licence().isEmpty()) {
            System.err.printf("%s:%s names no licence%n", library.group(), library.name());
            whole = false;
        }
        table.append("| %s:%s | %s | %s | %s |%n".formatted(
                library.group(),
                library.name(),
                library.version(),
                library.licence(),
                String.join(", ", texts(library, Path.of(arguments[1]), folder))));
    }
    Files.writeString(folder.resolve("NOTICES.md"), table.toString().replace("\r\n", "\n"));
    System.exit(whole ? 0 : 1);
}

static String licence(JsonNode licences) {
    return String.join(
            " or ",
            StreamSupport.stream(licences.spliterator(), false)
                    .map(one -> one.hasNonNull("expression") ? one.path("expression") : named(one.path("license")))
                    .map(JsonNode::asText)
                    .filter(name -> !name.isEmpty())
                    .toList());
}

static JsonNode named(JsonNode licence) {
    return licence.hasNonNull("id") ? licence.path("id") : licence.path("name");
}

/// Copies the texts in a library's jar; the names that they have now.
static List<String> texts(Library library, Path jars, Path folder) throws IOException {
    Path jar = jars.resolve(library.name() + "-" + library.version() + ".jar");
    List<String> copied = new ArrayList<>();
    if (!Files.exists(jar)) {
        return copied;
    }
    try (JarFile opened = new JarFile(jar.toFile())) {
        for (JarEntry entry : opened.stream().sorted(Comparator.comparing(JarEntry::getName)).toList()) {
            if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
                String name = entry.getName().replace("META-INF/", "").toLowerCase(Locale.ROOT);
                Path to = Files.createDirectories(folder.resolve(library.name())).resolve(name);
                Files.write(to, opened.getInputStream(entry).readAllBytes());
                copied.add("[%s](%s/%s)".formatted(name, library.name(), name));
            }
        }
    }
    return copied;
}
