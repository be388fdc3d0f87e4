import type { Schemas } from '@abide/client';

export type OwnSession = Schemas['OwnSession'];
