import { Module } from '@nestjs/common';
import { NotificationsModule } from '@abide/notifications';
import { PolicyModule } from '@abide/policy';
import { ChoicesReader } from './gate/choices.reader.js';
import { DecisionCounts } from './gate/decision-counts.js';
import { DecisionsController } from './gate/decisions.controller.js';
import { Gate } from './gate/gate.service.js';
import { SubjectKnowledge } from './gate/subject-knowledge.js';

/** Consent events and receipts, preferences, positioning, and the gate. */
@Module({
  imports: [NotificationsModule, PolicyModule],
  controllers: [DecisionsController],
  providers: [ChoicesReader, SubjectKnowledge, DecisionCounts, Gate],
  exports: [Gate],
})
export class ConsentModule {}
