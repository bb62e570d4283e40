package io.jenkins.plugins.rollback.acceptance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, driven by Playwright; each user gets a context, that is cookies, of its own. */
public final class JenkinsBrowser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final String url;

    /** @param server whose pages to open */
    public JenkinsBrowser(JenkinsServer server) {
        url = server.url();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        String chromium = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(FLAGS));
    }

    /**
     * Signs a user in.
     *
     * @param user whose password is the name
     * @return a page, 1280 pixels wide, at Jenkins' front page
     */
    public Page as(String user) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(url)
                .setViewportSize(1280, 900)
                .setLocale("en-US"));
        context.setDefaultTimeout(120_000); // ms; a busy machine draws slowly
        Page page = context.newPage();
        page.navigate("login");
        page.fill("input[name=j_username]", user);
        page.fill("input[name=j_password]", user);
        page.click("button[name=Submit]");
        page.waitForURL(address -> !address.contains("login"));
        return page;
    }

    /**
     * Takes a picture of the whole page.
     *
     * @param page what is shown
     * @param file a name ending in {@code .png}, below {@code target/screenshots} unless it is absolute
     * @return the file
     */
    public Path screenshot(Page page, String file) {
        Path path = Path.of("target", "screenshots").resolve(file);
        page.screenshot(new Page.ScreenshotOptions().setPath(path).setFullPage(true));
        return path;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
