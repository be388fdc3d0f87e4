import type { Persistence } from '@abide/platform';
import { ConsentEvent, ConsentState } from './events/consent-event.entity.js';
import { Consent1764000600000 } from './migrations/1764000600000-consent.js';
import { PrivacyControlChanges1764000601000 } from './migrations/1764000601000-privacy-control-changes.js';
import { FactChanges1764000603000 } from './migrations/1764000603000-fact-changes.js';
import { ChildrensOwnWords1764000615000 } from './migrations/1764000615000-childrens-own-words.js';
import { Reminders1764000602000 } from './migrations/1764000602000-reminders.js';
import { DevicesOfChildren1764000622000 } from './migrations/1764000622000-devices-of-children.js';
import { EvidenceEndsByDate1764000621000 } from './migrations/1764000621000-evidence-ends-by-date.js';
import { HeldEvidence1764000630000 } from './migrations/1764000630000-held-evidence.js';
import { PurposeRemovals1764000620000 } from './migrations/1764000620000-purpose-removals.js';
import { FollowedByIdentity1764000640000 } from './migrations/1764000640000-followed-by-identity.js';
import { OpenPurposeRemoval } from './lineage/purpose-removal.entity.js';
import { Reminder, ReminderRecipient } from './reminders/reminder.entity.js';
import {
  ConsentPrompt,
  PositioningChange,
  PreferencesEntity,
  PrivacyControlChange,
} from './preferences/preferences.entity.js';
import { ReceiptEntity } from './receipts/receipt.entity.js';

export const consentPersistence: Persistence = {
  entities: [
    ConsentEvent,
    ConsentState,
    ReceiptEntity,
    ConsentPrompt,
    PreferencesEntity,
    PositioningChange,
    PrivacyControlChange,
    OpenPurposeRemoval,
    Reminder,
    ReminderRecipient,
  ],
  migrations: [
    Consent1764000600000,
    PrivacyControlChanges1764000601000,
    Reminders1764000602000,
    FactChanges1764000603000,
    PurposeRemovals1764000620000,
    EvidenceEndsByDate1764000621000,
    ChildrensOwnWords1764000615000,
    DevicesOfChildren1764000622000,
    HeldEvidence1764000630000,
    FollowedByIdentity1764000640000,
  ],
};
