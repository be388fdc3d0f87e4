import { removeFolder } from '../apps/e2e/src/product.ts';

export default function removeDemo() {
  removeFolder(process.env.ABIDE_E2E_DEMO);
}
