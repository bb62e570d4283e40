package io.jenkins.plugins.rollback.acceptance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;

/** Pictures for the documentation, taken only when {@code RELEASE_ROLLBACK_SCREENSHOTS=1} asks for them. */
final class Screenshots {

    private static final int WIDTH = 1280; // CSS pixels
    private static final Path IMAGES = Path.of("../../docs/images");

    private Screenshots() {}

    static boolean wanted() {
        return "1".equals(System.getenv("RELEASE_ROLLBACK_SCREENSHOTS"));
    }

    /**
     * Takes {@code docs/images/NAME.png}, and {@code NAME-dark.png} as somebody sees it whose system is dark.
     *
     * @param page what is shown
     * @param name without ending
     * @param height of the picture in CSS pixels, from the top of the page
     */
    static void take(Page page, String name, int height) {
        if (!wanted()) {
            return;
        }
        page.setViewportSize(WIDTH, height);
        take(page, name, new Page.ScreenshotOptions());
    }

    /** The same, but of the part of a long page that begins with an element, with its icon to the left. */
    static void take(Page page, Locator first, String name, int height) {
        if (!wanted()) {
            return;
        }
        page.setViewportSize(WIDTH, 900);
        BoundingBox box = first.boundingBox();
        double left = box.x - 80;
        take(page, name, new Page.ScreenshotOptions().setFullPage(true).setClip(left, box.y - 6, WIDTH - left, height));
    }

    private static void take(Page page, String name, Page.ScreenshotOptions options) {
        // a change of colours fades in; nothing moves for who prefers it so
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE));
        page.screenshot(options.setPath(IMAGES.resolve(name + ".png")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(1000); // ms; the top of Jenkins' pages fades whatever is preferred
        page.screenshot(options.setPath(IMAGES.resolve(name + "-dark.png")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** Goes to an address first. */
    static void take(Page page, String address, String name, int height) {
        if (wanted()) {
            page.navigate(address);
            take(page, name, height);
        }
    }
}
