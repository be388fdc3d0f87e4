import { aSignedInOperator, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { createRightsApp } from '../testing/app.js';

describe('the words that answers begin with', () => {
  let test: TestApp;
  let officer: TestConsole;
  let agent: TestConsole;
  beforeAll(async () => {
    test = await createRightsApp();
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  afterAll(() => test.close());

  const path = 'operator/answer-templates';
  const words = {
    types: ['inquiry'],
    title: { 'zh-CN': '感谢反馈', en: 'Thanks' },
    text: { 'zh-CN': '感谢您的反馈。', en: 'Thank you for telling us.' },
  };

  it('are written by a privacy officer in both languages, with evidence, and read by whoever answers', async () => {
    const added = await officer.post(path, words);
    expect(added).toMatchObject({ status: 201, body: words });
    expect((await agent.get(path)).body.items).toEqual([added.body]);
    const changed = { ...words, types: [], text: { ...words.text, en: 'Thank you.' } };
    const one = `${path}/${added.body.id}`;
    expect((await officer.request({ method: 'PUT', path: one, body: changed })).body).toMatchObject(changed);
    expect((await officer.request({ method: 'DELETE', path: one })).status).toBe(204);
    expect((await agent.get(path)).body.items).toEqual([]);
    const acts = await test
      .get(Database)
      .query<{ act: string }>('SELECT act FROM audit.entries WHERE object_id = $1 ORDER BY at', [added.body.id]);
    expect(acts.map(({ act }) => act)).toEqual([
      'answerTemplate.added',
      'answerTemplate.changed',
      'answerTemplate.removed',
    ]);
  });

  it('are not written by a support agent, in one language, or where there are none', async () => {
    expect(await agent.post(path, words)).toMatchObject({ status: 403, body: { permission: 'request.decideAny' } });
    expect((await officer.post(path, { ...words, text: { en: 'Thank you.' } })).status).toBe(400);
    expect((await officer.request({ method: 'PUT', path: `${path}/${newId()}`, body: words })).body.code).toBe(
      'request.template_not_found',
    );
  });
});
