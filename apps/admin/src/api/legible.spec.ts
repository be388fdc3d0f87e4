import { describe, expect, it } from '@jest/globals';
import { legible } from './legible.js';

describe('an answer with an earlier text', () => {
  it('shows what nobody would see in it', async () => {
    const answer = await legible(
      Response.json(
        { name: 'Chen\u{1d173} Mei', contact: 'ask \u202emoc.dog@kcehc' },
        { status: 409, headers: { ETag: '"1"' } },
      ),
    );
    expect([answer.status, answer.headers.get('ETag')]).toEqual([409, '"1"']);
    expect(await answer.json()).toEqual({ name: 'Chen⟦U+1D173⟧ Mei', contact: 'ask ⟦U+202E⟧moc.dog@kcehc' });
  });

  it('is left as it came where everything is seen, and where it is no JSON', async () => {
    for (const answer of [
      Response.json({ name: '林晓 👩‍👧' }),
      new Response('\u202e', { headers: { 'Content-Type': 'text/csv' } }),
      new Response(null, { status: 204 }),
    ]) {
      expect(await legible(answer)).toBe(answer);
    }
  });
});
