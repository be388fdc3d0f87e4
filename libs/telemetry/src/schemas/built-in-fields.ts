import type { EventField, EventFields } from '@abide/policy';

const code: EventField = { type: 'string', maxLength: 100 };
const text = (maxLength: number): EventField => ({ type: 'string', maxLength });
const oneOf = (...values: string[]): EventField => ({ type: 'string', enum: values });
const count: EventField = { type: 'integer', minimum: 0, maximum: 2_000_000_000 };
const instant: EventField = { type: 'string', maxLength: 40, format: 'date-time' };

/**
 * What an event of each category of the product's catalogue may hold: `attributes` in plain, for analysis, `personal` sealed.
 * Operators add fields, and whole categories, in the registry.
 */
export const builtInFields: Readonly<Record<string, EventFields>> = {
  'log.device': {
    attributes: {
      manufacturer: code,
      model: code,
      osName: code,
      osVersion: code,
      appVersion: code,
      language: code,
      screen: code,
      configuration: code,
    },
    personal: { deviceName: text(200) },
  },
  'log.deviceIdentifier': {
    attributes: { kind: oneOf('installation', 'advertising', 'vendor', 'hardware') },
    personal: { identifier: text(200) },
  },
  'log.cookie': { attributes: { name: code, lifetimeDays: count }, personal: { value: text(2000) } },
  'log.network': {
    attributes: {
      networkType: oneOf('wifi', 'cellular', 'wired', 'none', 'unknown'),
      carrier: code,
      countryCode: text(2),
    },
    personal: { ip: text(45) },
  },
  'log.search': { attributes: { scope: code, resultCount: count, sortedBy: code }, personal: { query: text(500) } },
  'log.browsing': {
    attributes: {
      page: text(500),
      section: code,
      dwellMilliseconds: count,
      referrer: oneOf('internal', 'external', 'none'),
      browser: code,
      browserVersion: code,
    },
    personal: { url: text(8000), contentId: text(200), title: text(500), sessionId: text(200) },
  },
  'log.appUsage': {
    attributes: {
      feature: code,
      action: code,
      screen: code,
      durationMilliseconds: count,
      appVersion: code,
      result: code,
    },
    personal: { detail: text(1000), stack: text(16_000) },
  },
  'log.appInventory': { attributes: { appCount: count }, personal: { apps: text(2000) } },
  'log.communication': {
    attributes: {
      kind: oneOf('call', 'message', 'video'),
      direction: oneOf('incoming', 'outgoing'),
      durationSeconds: count,
      byteCount: count,
    },
    personal: { peer: text(200) },
  },
  'content.metadata': {
    attributes: { mediaType: oneOf('photo', 'video', 'recording', 'document'), byteCount: count, format: code },
    personal: {
      takenAt: instant,
      latitude: { type: 'number', minimum: -90, maximum: 90 },
      longitude: { type: 'number', minimum: -180, maximum: 180 },
      placeName: text(200),
    },
  },
  'client.signIn': {
    attributes: { method: code, result: oneOf('succeeded', 'failed'), osVersion: code },
    personal: { ip: text(45) },
  },
  'client.instruction': {
    attributes: { instruction: code, target: code, result: code },
    personal: { text: text(2000) },
  },
  'usage.habit': {
    attributes: {
      function: code,
      scene: code,
      tag: code,
      count,
      hourOfDay: { type: 'integer', minimum: 0, maximum: 23 },
    },
    personal: { note: text(500) },
  },
  'feedback.opinion': {
    attributes: { topic: code, rating: { type: 'integer', minimum: 1, maximum: 5 } },
    personal: { text: text(2000), contact: text(200) },
  },
};
