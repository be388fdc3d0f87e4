import { Global, Module } from '@nestjs/common';
import { ActorsStanding } from './actors-standing.js';
import { AuditController } from './audit.controller.js';
import { AuditHolder } from './audit.holder.js';
import { AuditQueries } from './audit.queries.js';
import { Audit } from './audit.service.js';
import { RecordedActs } from './recorded-acts.js';

/** Evidence of every act, written in the transaction of the act. Global. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [ActorsStanding, Audit, AuditQueries, AuditHolder, RecordedActs],
  exports: [ActorsStanding, Audit, RecordedActs],
})
export class AuditModule {}
