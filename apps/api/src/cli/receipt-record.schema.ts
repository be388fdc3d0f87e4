import { z } from 'zod';

const said = z.string().min(1);
const party = z.looseObject({
  party_id: said,
  party_name: said,
  party_address: z.string(),
  party_contact: z.string(),
  party_type: said,
});

/** What has to have come to pass for a consent to stand. */
export const validConsentStates = ['ConsentGiven', 'RenewedConsentGiven'] as const;
const otherStates = [
  'Unknown',
  'Requested',
  'RequestDeferred',
  'Refused',
  'Withdrawn',
  'Expired',
  'Terminated',
  'Invalidated',
] as const;

/** A processing the receipt speaks of; further members are welcome. */
const processing = z.looseObject({
  privacy_notice: said,
  language: said,
  purpose: said,
  pii_information: z.array(z.looseObject({})),
  pii_type: z.array(said),
  pii_controllers: z.array(said).min(1),
  storage_locations: z.array(z.string()).min(1),
  retention_period: said,
  jurisdiction: z.string(),
  recipient_third_parties: z.array(said),
  withdrawal_method: said,
});

const event = z.looseObject({
  event_time: z.iso.datetime(),
  validity_duration: said,
  entity_id: z.uuid(),
  event_type: said,
  event_state: z.enum([...validConsentStates, ...otherStates]),
});

/** The mandatory members of a receipt (ISO/IEC TS 27560:2023): instants in UTC, ids as UUIDs. */
export const receiptRecordSchema = z.looseObject({
  schema_version: said,
  record_id: z.uuid(),
  receipt_id: z.uuid(),
  pii_principal_id: z.uuid(),
  pii_processing: z.array(processing).min(1),
  party_identification: z.array(party).min(1),
  events: z.array(event).min(1),
});

export type ReceiptRecord = z.infer<typeof receiptRecordSchema>;
