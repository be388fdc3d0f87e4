import { call, TwoNodes, type Node } from './testing/two-nodes.js';

const advertising = { type: 'use', categories: ['log.browsing'], purposes: ['advertising.relevant'], basis: 'consent' };

describe('two processes on one database', () => {
  let installation: TwoNodes;

  beforeAll(async () => {
    installation = await TwoNodes.start();
    await installation.publish([advertising]);
  }, 300_000);
  afterAll(() => installation?.stop());

  it('never answers from before a withdrawal that was acknowledged by the other, however busy both are', async () => {
    const [one, two] = installation.nodes;
    const person = await installation.aPerson();
    const service = await installation.serviceToken();
    const ask = (node: Node) =>
      call(node, 'POST', 'decisions', {
        token: service,
        body: { subjectId: person.id, purpose: 'advertising.relevant', categories: ['log.browsing'] },
      });
    const say = (node: Node, state: string) =>
      call(node, 'PUT', 'me/consents/advertising.relevant', { token: person.token, body: { state } });
    let isOver = false;
    let asked = 0;
    const questions = [one, two].flatMap((node) =>
      Array.from({ length: 6 }, async () => {
        while (!isOver) {
          expect((await ask(node)).status).toBe(200);
          asked += 1;
        }
      }),
    );
    for (let round = 0; round < 30; round += 1) {
      const [speaker, listener] = round % 2 === 0 ? [one, two] : [two, one];
      expect((await say(speaker, 'granted')).status).toBe(200);
      expect((await ask(listener)).body.allowed).toBe(true);
      expect((await say(speaker, 'withdrawn')).status).toBe(200);
      const answers = await Promise.all([ask(listener), ask(speaker), ask(listener)]);
      expect(answers.map(({ body }) => body.results[0].code)).toEqual([
        'consent.withdrawn',
        'consent.withdrawn',
        'consent.withdrawn',
      ]);
    }
    isOver = true;
    await Promise.all(questions);
    expect(asked).toBeGreaterThan(100);
  });

  it('stops serving a session that was ended at the other', async () => {
    const [one, two] = installation.nodes;
    const person = await installation.aPerson();
    expect((await call(two, 'GET', 'me/consents', { token: person.token })).status).toBe(200);
    await call(one, 'DELETE', 'sessions/current', { token: person.token });
    expect((await call(two, 'GET', 'me/consents', { token: person.token })).status).toBe(401);
  });
});
