/** Loads the demo once for all end-to-end specs, which start on copies of it; Jest calls it before them. */
import { aDataFolder, start, stop } from '../apps/e2e/src/product.ts';

export default async function loadDemo() {
  process.env.ABIDE_E2E_DEMO = aDataFolder();
  await stop(await start(process.env.ABIDE_E2E_DEMO));
}
