import type { Schemas } from '@abide/client';

export type DevelopmentMessage = Schemas['DevelopmentMessage'];
