import type { PolicyDocument } from '@abide/rulebook';
import { findingsOf, type Surroundings } from './findings.js';

/** Judging a long policy takes longer than a key stroke may; it happens here, beside the page. */
self.addEventListener('message', ({ data }: MessageEvent<{ document: PolicyDocument; surroundings: Surroundings }>) => {
  self.postMessage(findingsOf(data.document, data.surroundings));
});
