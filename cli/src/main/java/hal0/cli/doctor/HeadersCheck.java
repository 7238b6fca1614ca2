package hal0.cli.doctor;

import hal0.providers.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Secrets that are written into headers instead of being named.
record HeadersCheck(List<Provider> declared) implements Check {
    private static final List<String> SECRET =
            List.of("authorization", "api-key", "apikey", "token", "secret", "cookie");

    @Override
    public String id() {
        return "headers";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Provider provider : declared) {
            provider.headers()
                    .forEach((name, value) -> {
                        if (isSecret(name) && !value.contains("$")) {
                            rows.add(
                                    Row.warn(
                                            "headers." + provider.id(),
                                            "the header %s of %s holds its value in the file, which is easily shared by mistake"
                                                    .formatted(name, provider.id()),
                                            "put the value into api.env and write %s = \"${NAME}\""
                                                    .formatted(name)));
                        }
                    });
        }
        return rows;
    }

    private static boolean isSecret(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
    }
}
