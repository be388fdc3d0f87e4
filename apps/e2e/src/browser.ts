import AxeBuilder from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';

/**
 * Our own switches only: those that the package suggests for servers run everything in one process, where windows share
 * their cookies, and switch the browser's web security off.
 */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium: the one at CHROMIUM_PATH, else the one inside the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await chromium.executablePath());
  // Without a locale of UTF-8 it saves a file with a Chinese name as "download".
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>;
  return playwright.launch({ executablePath, args: switches, headless: true, env });
}

export interface Window {
  readonly page: Page;
  /** What its pages complained of: uncaught errors and refused resources. */
  readonly complaints: string[];
}

/** A window of its own, with its own cookies. */
export async function openWindow(
  browser: Browser,
  options: { locale?: string; colorScheme?: 'light' | 'dark' } = {},
): Promise<Window> {
  const context = await browser.newContext({
    locale: options.locale ?? 'en',
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  // The console prefers the language of the operator's account over the browser's; a choice made here wins over both.
  await context.addInitScript(
    `localStorage.setItem('abide.language', '${(options.locale ?? 'en').startsWith('zh') ? 'zh-CN' : 'en'}')`,
  );
  context.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  return { page: await openTab(context, complaints), complaints };
}

/** Another tab of a window, whose complaints join `complaints`. */
export async function openTab(context: BrowserContext, complaints: string[]): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return page;
}

/** What axe finds wrong by WCAG 2.2 AA, one line each. */
export function accessibilityFaults(page: Page): Promise<string[]> {
  return faultsBy(axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']), page);
}

/** The same of a page as it looks in light and in dark; in dark, what depends on colours only. */
export async function faultsInBothAppearances(page: Page): Promise<string[]> {
  const faults = await accessibilityFaults(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator(":root[data-appearance='light']").waitFor({ state: 'detached' });
  faults.push(
    ...(await faultsBy(axe(page).withRules(['color-contrast', 'link-in-text-block']), page)).map(
      (fault) => `${fault} in dark`,
    ),
  );
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/**
 * Without frames of another origin there is nothing to put together in a tab of axe's own, which it would open each time; what
 * passes is not told node by node, which would take as long as the examination.
 */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
}

async function faultsBy(builder: AxeBuilder, page: Page): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${new URL(page.url()).pathname}: ${id} at ${node.target.join(' ')}`),
  );
}
