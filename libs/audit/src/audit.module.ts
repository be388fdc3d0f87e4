import { Global, Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditHolder } from './audit.holder.js';
import { AuditQueries } from './audit.queries.js';
import { Audit } from './audit.service.js';

/** Evidence of every act, written in the transaction of the act. Global. */
@Global()
@Module({ controllers: [AuditController], providers: [Audit, AuditQueries, AuditHolder], exports: [Audit] })
export class AuditModule {}
