import { Module } from '@nestjs/common';
import { ConsentModule } from '@abide/consent';

/** What services and apps record about the use of the platform: in by the gate, out by the gate. */
@Module({ imports: [ConsentModule] })
export class TelemetryModule {}
