import { Injectable } from '@nestjs/common';
import { CalculatingThread } from '@abide/platform';
import { refusal } from '../policy-import.errors.js';
import type { Calculations } from './calculations.js';

/** The tests run from the sources, the product from what is built. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? './from-source.mjs' : './calculations.worker.js',
  import.meta.url,
);

/** Reads files, and finds in them what they promise, in a thread that ends with whatever takes too much time or memory. */
@Injectable()
export class Reader extends CalculatingThread<Calculations> {
  protected override readonly entry = entry;

  protected override tooExtensive(): Error {
    return refusal('import.too_extensive');
  }

  protected override tooManyWaiting(): Error {
    return refusal('import.busy');
  }
}
