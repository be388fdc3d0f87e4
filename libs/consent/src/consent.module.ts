import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NotificationsModule } from '@abide/notifications';
import { PolicyModule } from '@abide/policy';
import { ConsentHolder } from './consent.holder.js';
import { ConsentBasis } from './recording/consent-basis.js';
import { Consents } from './recording/consents.service.js';
import { ConsentWriter } from './recording/consent-writer.js';
import { WithdrawalConsequences } from './recording/withdrawal-consequences.js';
import { ConsentExpiry } from './expiry/consent-expiry.js';
import { ExpiryNotices } from './expiry/expiry-notices.js';
import { Collection } from './gate/collection.service.js';
import { ChoicesReader } from './gate/facts/choices.reader.js';
import { DecisionCounts } from './gate/decision-counts.js';
import { DecisionsController } from './gate/decisions.controller.js';
import { EarlierGroundsReader } from './gate/earlier-grounds.js';
import { Gate } from './gate/gate.service.js';
import { PastRulebooks } from './gate/past-rulebooks.js';
import { SharingGrounds } from './gate/sharing-grounds.js';
import { StoredUses } from './gate/stored-uses.js';
import { SubjectFactsLoader } from './gate/facts/subject-facts.loader.js';
import { Reminder } from './reminders/reminder.entity.js';
import { ConsentHistory } from './subject-consents/consent-history.queries.js';
import { HoldingsController } from './holdings/holdings.controller.js';
import { HoldingRowsQueries } from './holdings/holding-rows.queries.js';
import { HoldingsQueries } from './holdings/holdings.queries.js';
import { RunningContracts } from './holdings/running-contracts.js';
import { StandingGrounds } from './holdings/standing-grounds.js';
import { DecisionStatisticsController } from './statistics/decision-statistics.controller.js';
import { DecisionStatistics } from './statistics/decision-statistics.queries.js';
import { ExplanationsController } from './explanations/explanations.controller.js';
import { Explanations } from './explanations/explanations.service.js';
import { SubjectConsentsController } from './subject-consents/subject-consents.controller.js';
import { SubjectConsents } from './subject-consents/subject-consents.service.js';
import { LaterConsents } from './lineage/later-consents.js';
import { LeftOver } from './lineage/left-over.js';
import { LineageRows } from './lineage/lineage-rows.js';
import { LineageTables } from './lineage/lineage-tables.js';
import { RetainedRows } from './lineage/retained-rows.js';
import { SessionEnds } from './lineage/session-ends.js';
import { PurposeRemoval } from './lineage/purpose-removal.js';
import { ConsentAudience } from './reminders/consent-audience.js';
import { ConsentRates } from './statistics/consent-rates.queries.js';
import { ConsentSearch } from './search/consent-search.queries.js';
import { DailyStatistics } from './statistics/daily-statistics.js';
import { OperatorConsentsController } from './search/operator-consents.controller.js';
import { ReconsentProgress } from './reconsent/reconsent-progress.js';
import { ReconsentQueries } from './reconsent/reconsent.queries.js';
import { ReminderPass } from './reminders/reminder-pass.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { Reminders } from './reminders/reminders.service.js';
import { OwnConsentsController } from './preferences/own-consents.controller.js';
import { OwnConsentsQueries } from './preferences/own-consents.queries.js';
import { PreferencesController } from './preferences/preferences.controller.js';
import { Preferences } from './preferences/preferences.service.js';
import { SubjectPositioningController } from './preferences/subject-positioning.controller.js';
import { PublishingChecksController } from './publishing/publishing-checks.controller.js';
import { Prompts } from './prompts/prompts.service.js';
import { ReceiptRecords } from './receipts/receipt-records.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { Receipts } from './receipts/receipts.service.js';
import { OutreachConsent } from './outreach/outreach-consent.js';
import { UnsubscribeController } from './outreach/unsubscribe.controller.js';
import { HandOverNotice } from './wards/hand-over-notice.js';
import { EnterpriseReadingController } from './enterprises/enterprise-reading.controller.js';
import { WardConsents } from './wards/ward-consents.service.js';
import { WardConsentsController } from './wards/ward-consents.controller.js';

/** What has a life of its own and is worked on as a whole; lists, counts and busy paths ask in SQL. */
const entities = [Reminder];

/** Consent events and receipts, preferences, positioning, the gate, and what operators see of consents. */
@Module({
  imports: [TypeOrmModule.forFeature(entities), NotificationsModule, PolicyModule],
  controllers: [
    DecisionsController,
    OwnConsentsController,
    PreferencesController,
    ReceiptsController,
    UnsubscribeController,
    WardConsentsController,
    EnterpriseReadingController,
    DecisionStatisticsController,
    ExplanationsController,
    SubjectConsentsController,
    OperatorConsentsController,
    RemindersController,
    HoldingsController,
    PublishingChecksController,
    SubjectPositioningController,
  ],
  providers: [
    ChoicesReader,
    SubjectFactsLoader,
    DecisionCounts,
    SharingGrounds,
    PastRulebooks,
    EarlierGroundsReader,
    Gate,
    Collection,
    StoredUses,
    LineageRows,
    LineageTables,
    RetainedRows,
    LeftOver,
    SessionEnds,
    PurposeRemoval,
    LaterConsents,
    ConsentBasis,
    Consents,
    ConsentWriter,
    WithdrawalConsequences,
    Prompts,
    OwnConsentsQueries,
    Preferences,
    ReceiptRecords,
    Receipts,
    OutreachConsent,
    HandOverNotice,
    WardConsents,
    ExpiryNotices,
    ConsentExpiry,
    ConsentHolder,
    ConsentHistory,
    DecisionStatistics,
    Explanations,
    SubjectConsents,
    HoldingsQueries,
    HoldingRowsQueries,
    RunningContracts,
    StandingGrounds,
    DailyStatistics,
    ConsentRates,
    ConsentSearch,
    ReconsentProgress,
    ReconsentQueries,
    ConsentAudience,
    Reminders,
    ReminderPass,
  ],
  exports: [
    Collection,
    Consents,
    Gate,
    HoldingsQueries,
    LaterConsents,
    LineageRows,
    PurposeRemoval,
    SharingGrounds,
    StoredUses,
    WithdrawalConsequences,
  ],
})
export class ConsentModule {}
