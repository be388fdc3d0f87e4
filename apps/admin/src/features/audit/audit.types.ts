import type { Schemas } from '@abide/client';

export type AuditEntry = Schemas['AuditEntryDto'];
