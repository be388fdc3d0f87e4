import type { Schemas } from '@abide/client';

export type Heat = Schemas['HeatResponse'];
export type HeatCell = Schemas['HeatCellDto'];
export type IngestSummary = Schemas['IngestSummaryResponse'];
export type TelemetryVolume = Schemas['VolumeDto'];
export type CategorySchema = Schemas['CategorySchemaDto'];
