/**
 * Consents written per second by people who grant and withdraw purposes in turn: event, state, receipt and evidence in
 * one transaction. Reference: the peer's POST /subjects for as many subjects, on the same PostgreSQL.
 */
import { openDemoInstallation } from './installation.mjs';
import { httpRequest, load } from './load.mjs';
import { openPeer, peerConsent, peerNotes, primePeer } from './peer.mjs';
import { consentPurposes, registerPeople } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 1000;
const connections = 32;
const seconds = 5;
const peerRequests = 20_000;

export async function measure() {
  const installation = await openDemoInstallation();
  const peer = await openPeer(installation);
  try {
    const people = await registerPeople(installation, count);
    await primePeer(peer, consentPurposes);
    const result = await inTurn({
      unit: 'a second',
      reference: () => writeToPeer(peer),
      subject: writing(installation, people),
    });
    return {
      ...result,
      goal: '>= 5',
      rss: installation.rss(),
      notes: `${count} subjects, ${connections} connections; ${peerNotes}`,
    };
  } finally {
    await peer.close();
    await installation.close();
  }
}

/** Rounds of people who each grant a purpose and later withdraw it; a round goes on where the last one ended, so that every request changes something. */
function writing(installation, people) {
  const requests = ['granted', 'withdrawn'].flatMap((state) =>
    consentPurposes.flatMap((purpose) =>
      people.map(({ token }) =>
        httpRequest({ method: 'PUT', path: `/api/v1/me/consents/${purpose}`, token, body: { state } }),
      ),
    ),
  );
  let from = 0;
  return async () => {
    const { perSecond, answered } = await load({ url: installation.url, requests, seconds, connections, from });
    from += answered;
    return perSecond;
  };
}

async function writeToPeer(peer) {
  const requests = Array.from({ length: peerRequests }, (_, index) =>
    peerConsent(index % count, consentPurposes[Math.floor(index / count) % consentPurposes.length]),
  );
  return (await load({ url: peer.url, requests, seconds, connections })).perSecond;
}
