package hal0.relay.api;

import hal0.relay.control.Audit;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import hal0.relay.guard.HostRule;
import hal0.relay.guard.Principal;
import hal0.relay.guard.Scope;
import hal0.relay.guard.Shown;
import hal0.relay.key.Admission;
import hal0.relay.key.Login;
import hal0.relay.key.LoginBrake;
import hal0.relay.key.Logins;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/login`, `/api/logout` and `/api/session`: the dashboard, which shows a cookie instead of a
/// key.
///
/// **Shape** no script of the page can read the cookie, and no other site's page can make a browser
/// send it. Whether the page came over TLS, which ends before this relay, its Origin says.
public final class LoginRoutes implements RouteFamily {
    private static final List<Field> KEY =
            List.of(Field.text("key", "Of scope admin; see hal0 keys create.").must());

    private final Logins logins;
    private final LoginBrake brake;
    private final Admission admission;
    private final Events events;
    private final Audit audit;

    public LoginRoutes(
            Logins logins, LoginBrake brake, Admission admission, Events events, Audit audit) {
        this.logins = logins;
        this.brake = brake;
        this.admission = admission;
        this.events = events;
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/api/login", Route.Access.PUBLIC, this::login)
                        .about(
                                About.of(
                                                "Signs a page in for 8 hours; its cookie stands for the key.")
                                        .body(KEY)
                                        .answer(204, About.Form.NONE, List.of())
                                        .errors(
                                                "login.refused 401",
                                                "login.scope 403",
                                                "validation.invalid 422",
                                                "login.too_many 429")),
                new Route("POST", "/api/logout", Route.Access.PUBLIC, this::logout)
                        .about(
                                About.of("Signs the page out.")
                                        .answer(204, About.Form.NONE, List.of())),
                new Route("GET", "/api/session", Route.Access.PUBLIC, this::session)
                        .about(
                                About.of("Whether who asks is signed in, or has to be.")
                                        .answer(
                                                Field.flag(
                                                        "login_needed",
                                                        "Whether the rest of /api refuses who asks."),
                                                Field.flag("signed_in", "By a cookie."),
                                                Field.text("scope", "Of who asks.")
                                                        .oneOf(List.of("client", "agent", "admin"))
                                                        .orNull(),
                                                Field.text("name", "Of the key.").orNull(),
                                                Field.text("expires_at", "Of the cookie.")
                                                        .orNull())));
    }

    private void login(Exchange exchange, String rest) {
        brake.check(exchange.peer());
        JsonBody body = JsonBody.of(exchange, KEY);
        Login.Opened opened;
        try {
            opened = logins.open(body.text("key"));
        } catch (RelayException e) {
            refused(exchange, e);
            throw e;
        }
        brake.right(exchange.peer());
        audit.by(opened.login().name()).done("login.created", "dashboard");
        String secure = isOverTls(exchange) ? "; Secure" : "";
        exchange.status(204)
                .set("Cache-Control", "no-store")
                .set(
                        "Set-Cookie",
                        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                                .formatted(
                                        Shown.COOKIE,
                                        opened.token(),
                                        Logins.LIFE.toSeconds(),
                                        secure));
        exchange.sendNothing();
    }

    private void refused(Exchange exchange, RelayException failure) {
        brake.wrong(exchange.peer());
        events.emit(
                "login.refused",
                Severity.WARNING,
                exchange.peer(),
                "somebody at %s could not sign in: %s".formatted(exchange.peer(), failure.code()),
                Map.of("code", failure.code()));
    }

    private static boolean isOverTls(Exchange exchange) {
        String origin = exchange.header("Origin");
        return origin != null && origin.startsWith("https://");
    }

    private void logout(Exchange exchange, String rest) {
        exchange.shown().cookies().forEach(logins::close);
        exchange.status(204)
                .set("Cache-Control", "no-store")
                .set(
                        "Set-Cookie",
                        Shown.COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
        exchange.sendNothing();
    }

    private void session(Exchange exchange, String rest) {
        Shown shown = exchange.shown();
        Principal who = admission.recognized(shown, HostRule.isLoopback(exchange.peer()));
        Optional<Login> login =
                shown.isByCookie()
                        ? shown.cookies().stream()
                                .flatMap(cookie -> logins.find(cookie).stream())
                                .findFirst()
                        : Optional.empty();
        boolean known = !who.equals(Principal.UNKNOWN);
        @Nullable String expires = login.map(l -> l.expiresAt().toString()).orElse(null);
        exchange.set("Cache-Control", "no-store")
                .sendJson(
                        200,
                        Json.bytes(json -> {
                            json.writeStartObject();
                            json.writeBooleanField(
                                    "login_needed", !(known && who.scope().covers(Scope.ADMIN)));
                            json.writeBooleanField("signed_in", login.isPresent());
                            json.writeStringField("scope", known ? who.scope().word() : null);
                            json.writeStringField("name", known ? who.name() : null);
                            json.writeStringField("expires_at", expires);
                            json.writeEndObject();
                        }));
    }
}
