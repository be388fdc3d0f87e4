/** A subject's own consents read per second. Reference: the peer's GET /subjects/:id with as many subjects and consents, on the same PostgreSQL. */
import { openDemoInstallation } from './installation.mjs';
import { httpRequest, load } from './load.mjs';
import { fillPeer, openPeer, peerNotes, peerSubject } from './peer.mjs';
import { consentPurposes, grantConsents, registerPeople } from './people.mjs';
import { inTurn } from './rounds.mjs';

const count = 1000;
const connections = 32;
const seconds = 5;

export async function measure() {
  const installation = await openDemoInstallation();
  const peer = await openPeer(installation);
  try {
    const people = await registerPeople(installation, count);
    await grantConsents(installation, people);
    await fillPeer(peer, count, consentPurposes);
    const own = people.map(({ token }) => httpRequest({ method: 'GET', path: '/api/v1/me/consents', token }));
    const theirs = people.map((_, index) => httpRequest({ method: 'GET', path: `/subjects/${peerSubject(index)}` }));
    const reading = (url, requests) => async () => (await load({ url, requests, seconds, connections })).perSecond;
    const result = await inTurn({
      unit: 'a second',
      reference: reading(peer.url, theirs),
      subject: reading(installation.url, own),
    });
    return {
      ...result,
      goal: '>= 8',
      rss: installation.rss(),
      notes: `${count} subjects with ${consentPurposes.length} consents each, ${connections} connections; ${peerNotes}`,
    };
  } finally {
    await peer.close();
    await installation.close();
  }
}
