import { Module } from '@nestjs/common';
import { ConsentModule } from '@abide/consent';
import { PolicyModule } from '@abide/policy';
import { CoarsenedEvents } from './coarsened-events.js';
import { BatchesController } from './batches/batches.controller.js';
import { Batches } from './batches/batches.service.js';
import { EventIngest } from './batches/event-ingest.js';
import { EventCounts } from './batches/ingest-counts.js';
import { IngestStatistics } from './operators/ingest-statistics.queries.js';
import { StoredCounts } from './operators/stored-counts.js';
import { SubjectEventsController } from './operators/subject-events.controller.js';
import { SubjectEventsReader } from './operators/subject-events.reader.js';
import { SubjectEvents } from './operators/subject-events.service.js';
import { TelemetryStatisticsController } from './operators/telemetry-statistics.controller.js';
import { OpenedEvents } from './reading/opened-events.js';
import { TelemetryQueryController } from './reading/telemetry-query.controller.js';
import { TelemetryQuery } from './reading/telemetry-query.js';
import { EventChecks } from './schemas/event-checks.js';
import { RegisteredFields } from './schemas/registered-fields.js';
import { SchemasController } from './schemas/schemas.controller.js';
import { TelemetryMaintenance } from './telemetry-maintenance.js';
import { TelemetryHolder } from './telemetry.holder.js';

/** What services and apps record about the use of the platform: in by the gate, out by the gate. */
@Module({
  imports: [ConsentModule, PolicyModule],
  controllers: [
    BatchesController,
    TelemetryQueryController,
    TelemetryStatisticsController,
    SchemasController,
    SubjectEventsController,
  ],
  providers: [
    EventChecks,
    RegisteredFields,
    EventIngest,
    EventCounts,
    Batches,
    OpenedEvents,
    TelemetryQuery,
    TelemetryHolder,
    CoarsenedEvents,
    TelemetryMaintenance,
    IngestStatistics,
    StoredCounts,
    SubjectEvents,
    SubjectEventsReader,
  ],
})
export class TelemetryModule {}
