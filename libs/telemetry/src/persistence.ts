import type { Persistence } from '@abide/platform';
import { TelemetryEvent } from './event.entity.js';
import { Telemetry1764000700000 } from './migrations/1764000700000-telemetry.js';
import { LaterConsents1764000712000 } from './migrations/1764000712000-later-consents.js';
import { StoredCounts1764000701000 } from './migrations/1764000701000-stored-counts.js';
import { DueCounts1764000715000 } from './migrations/1764000715000-due-counts.js';
import { BatchContent1764000719000 } from './migrations/1764000719000-batch-content.js';
import { WrappedNetworks1764000719001 } from './migrations/1764000719001-wrapped-networks.js';
import { CountedByKey1764000720000 } from './migrations/1764000720000-counted-by-key.js';

export const telemetryPersistence: Persistence = {
  entities: [TelemetryEvent],
  migrations: [
    Telemetry1764000700000,
    StoredCounts1764000701000,
    LaterConsents1764000712000,
    DueCounts1764000715000,
    BatchContent1764000719000,
    WrappedNetworks1764000719001,
    CountedByKey1764000720000,
  ],
};
