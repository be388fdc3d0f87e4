import { isKnownField } from './field-words.js';

/** What the parts of the platform export, by part. */
const exported = {
  attachments: 'type bytes',
  audit: 'act at',
  consent: `act purpose categories service recipient region occurredAt expiresAt givenBy policy revision clause channel receiptId
    positioningOn at globalPrivacyControl askedFor remindedAt message globalPrivacyControlSince`,
  identity: `locale relativesMayNot phone email name idNumber birthDate language biometricReference federatedAccount contactMethod
    deviceId state role acts confirmedAt expiresAt endedAt at method client address`,
  location: 'occurredAt service retainUntil latitude longitude accuracyMetres source lineage',
  notifications: 'noticeId readAt kind title summary link publishedAt campaignId channel state at outreachId',
  policy: 'policy revision mode',
  retention: 'ground article categories from to until liftedAt',
  rights: `number type state outcome askedAs text corrections category value target service requester identifier relation
    isAccountEnded answer events at act by`,
  telemetry: `occurredAt service means retainUntil attributes personal lineage manufacturer model osName osVersion appVersion language
    screen configuration deviceName kind identifier name lifetimeDays value networkType carrier countryCode network ip scope resultCount
    sortedBy query page section dwellMilliseconds referrer browser browserVersion url contentId title sessionId stack feature action durationMilliseconds result detail appCount
    apps direction durationSeconds byteCount peer mediaType format takenAt latitude longitude placeName method instruction target text
    function scene tag count hourOfDay note topic rating contact`,
};

describe('the names of fields', () => {
  it.each(Object.entries(exported))('are words for all that %s exports', (_part, fields) => {
    expect(fields.split(/\s+/).filter((name) => !isKnownField(name))).toEqual([]);
  });
});
