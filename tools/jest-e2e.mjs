/**
 * What the end-to-end specs share, made before them: the demo, on copies of which they start, and the browser, which unpacks
 * itself where it is first asked for. Jest calls it once.
 */
import chromium from '@sparticuz/chromium';
import { aDataFolder, start, stop } from '../apps/e2e/src/product.ts';

export default async function prepare() {
  if (!process.env.CHROMIUM_PATH) await chromium.executablePath();
  process.env.ABIDE_E2E_DEMO = aDataFolder();
  await stop(await start(process.env.ABIDE_E2E_DEMO));
}
