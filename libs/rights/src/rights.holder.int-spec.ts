import { aSignedInOperator, aSignedInSubject, codeTo, type TestConsole } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { keepsTheHolderContract, type TestApp } from '@abide/platform/testing';
import { aPolicy, PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { Fulfilment } from './fulfilment/fulfilment.service.js';
import { RightsHolder } from './rights.holder.js';
import { aProvenRequest, createRightsApp } from './testing/app.js';

describe('the holder of requests', () => {
  let test: TestApp;
  let officer: TestConsole;
  let accepted: { acceptedRevisionIds: string[] };

  beforeAll(async () => {
    test = await createRightsApp();
    accepted = { acceptedRevisionIds: [await (await PolicyStaff.open(test)).inForce(aPolicy())] };
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterAll(() => test.close());

  /** Asked for a correction, asked back, answered, and refused in writing. */
  async function aPersonWhoAsked(words: string): Promise<string> {
    const person = await aSignedInSubject(test, accepted);
    const corrections = [{ category: 'registration.name', value: words }];
    const { id } = await aProvenRequest(test, person, { type: 'correction', text: words, corrections });
    await officer.post(`operator/requests/${id}/message`, { text: words });
    await person.send('POST', `me/requests/${id}/message`, { text: words });
    await officer.post(`operator/requests/${id}/decision`, { outcome: 'refuse', reason: words });
    const seen = await aProvenRequest(test, person);
    await officer.post(`operator/requests/${seen.id}/decision`, { outcome: 'grant' });
    await test.get(Fulfilment).run(seen.id);
    const body = { type: 'explanation', identifier: person.identifier, text: words };
    const { id: asked } = (await test.request({ method: 'POST', path: 'requests', body })).body;
    const code = await codeTo(test, person.identifier.value);
    await test.request({ method: 'POST', path: `requests/${asked}/verification`, body: { code } });
    return person.subjectId;
  }

  keepsTheHolderContract(() => ({
    holder: test.get(RightsHolder),
    db: test.get(Database),
    databaseUrl: test.databaseUrl,
    schema: 'rights',
    seed: aPersonWhoAsked,
    words: 'exported',
    supplies: null,
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(Date.now() + 3.1 * 365 * 86_400_000),
  }));
});
