import type { Persistence } from '@abide/platform';
import { ConsentEvent, ConsentState } from './events/consent-event.entity.js';
import { Consent1764000600000 } from './migrations/1764000600000-consent.js';
import { ConsentPrompt, PositioningChange, PreferencesEntity } from './preferences/preferences.entity.js';
import { ReceiptEntity } from './receipts/receipt.entity.js';

export const consentPersistence: Persistence = {
  entities: [ConsentEvent, ConsentState, ReceiptEntity, ConsentPrompt, PreferencesEntity, PositioningChange],
  migrations: [Consent1764000600000],
};
