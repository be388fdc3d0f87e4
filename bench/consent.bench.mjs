/**
 * Consents written per second by people who grant and withdraw purposes in turn: event, state, receipt and evidence in
 * one transaction. Reference: the peer's POST /subjects for as many subjects, on the same PostgreSQL.
 */
import { openDemoHouse } from './house.mjs';
import { httpRequest, load } from './load.mjs';
import { openPeer, peerConsent, peerNotes, primePeer } from './peer.mjs';
import { consentPurposes, registerPeople } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 1000;
const connections = 32;
const seconds = 5;
const peerRequests = 20_000;

export async function measure() {
  const house = await openDemoHouse();
  const peer = await openPeer(house);
  try {
    const people = await registerPeople(house, count);
    await primePeer(peer, consentPurposes);
    const requests = changesOf(people);
    const result = await inTurn({
      unit: 'a second',
      reference: async () => (await load({ url: peer.url, requests: Array.from({ length: peerRequests }, (_, index) => peerConsent(index % count, purposeOf(index))), seconds, connections })).perSecond,
      subject: async () => (await load({ url: house.url, requests, seconds, connections })).perSecond,
    });
    return { ...result, goal: '>= 5', rss: house.rss(), notes: `${count} subjects, ${connections} connections; ${peerNotes}` };
  } finally {
    await peer.close();
    await house.close();
  }
}

/** Everybody grants each purpose in turn, then withdraws it, so that whoever sends them over and over changes something each time. */
function changesOf(people) {
  return ['granted', 'withdrawn'].flatMap((state) =>
    consentPurposes.flatMap((purpose) => people.map(({ token }) => httpRequest({ method: 'PUT', path: `/api/v1/me/consents/${purpose}`, token, body: { state } }))),
  );
}

function purposeOf(index) {
  return consentPurposes[Math.floor(index / count) % consentPurposes.length];
}
