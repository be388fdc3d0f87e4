import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { anOperator, open, press, speak } from '../../../testing/render.js';
import { serve } from '../../../testing/server.js';
import { DocumentPage } from './DocumentPage.js';

describe('the page of a document that is brought in', () => {
  beforeAll(() => speak('en'));
  afterEach(cleanup);

  const sentences = ['We collect your name.', 'We keep it for a year.', 'You may ask for a copy.'];
  const text = sentences.join(' ');
  const terms = [
    { type: 'collection', categories: ['registration.name'], purposes: ['service.provision'] },
    { type: 'retention', categories: ['registration.name'], period: 'P1Y', then: 'delete' },
    { type: 'right', rights: ['access'] },
  ];
  const proposal = (index: number) => {
    const start = text.indexOf(sentences[index] ?? '');
    const end = start + (sentences[index]?.length ?? 0);
    const place = { clauseId: '1', paragraph: 0, start, end };
    const evidence = [{ start: end - 5, end: end - 1, field: 'categories' }];
    return { id: `p${index}`, ...place, term: terms[index], evidence, open: index === 0 ? ['basis'] : [] };
  };
  interface Sent {
    readonly decisions: readonly { proposalId: string; decision: string; term?: object }[];
  }

  /** The page at its terms, with a server that keeps what is decided; away: how many times it cannot be reached. */
  const show = ({ away = 0 } = {}) => {
    const added: { clauseId: string; term: object }[] = [];
    const decided = new Map<string, Sent['decisions'][number]>();
    let unreachable = away;
    const imported = () => ({
      id: 'import-1',
      fileName: 'privacy.docx',
      state: 'open',
      language: 'en',
      remarks: [{ code: 'picturesLeftOut', count: 2 }],
      etag: '"1"',
      draftedRevisionId: null,
      clauses: [
        {
          id: '1',
          heading: 'What we promise',
          body: text,
          paragraphs: [{ text, level: 0, isRow: false }],
          translation: null,
        },
      ],
      proposals: [0, 1, 2, ...added.map((_one, index) => 3 + index)].map((index) => {
        const own = added[index - 3];
        if (own)
          return {
            ...{ id: 'own', isAdded: true, evidence: [], open: [] },
            ...{ ...own, decision: 'accepted', acceptedTerm: own.term },
          };
        const choice = decided.get(`p${index}`);
        const accepted = choice?.decision === 'accepted' ? (choice.term ?? terms[index]) : null;
        return { ...proposal(index), decision: choice?.decision ?? 'undecided', acceptedTerm: accepted };
      }),
    });
    const none = () => ({ body: { items: [], nextCursor: null } });
    const name = { 'zh-CN': '姓名', en: 'Name' };
    const asked = serve({
      'GET /api/v1/operator/policy-imports/import-1': () => ({ body: imported() }),
      'GET /api/v1/operator/categories': () => ({ body: { items: [{ id: 'c', code: 'registration.name', name }] } }),
      'GET /api/v1/operator/purposes': none,
      'GET /api/v1/operator/services': none,
      'GET /api/v1/operator/recipients': none,
      'GET /api/v1/operator/third-party-services': none,
      'GET /api/v1/operator/policy-imports': none,
      'PATCH /api/v1/operator/policy-imports/import-1/decisions': ({ decisions }: Sent) => {
        if (unreachable > 0) {
          unreachable -= 1;
          throw new TypeError('Failed to fetch');
        }
        for (const choice of decisions) decided.set(choice.proposalId, choice);
        return { body: imported() };
      },
      'POST /api/v1/operator/policy-imports/import-1/terms': (own: { clauseId: string; term: object }) => {
        added.push(own);
        return { body: imported() };
      },
    });
    const page = (
      <Routes>
        <Route path="/policies/import/:id" element={<DocumentPage />} />
      </Routes>
    );
    const operator = anOperator({ permissions: ['policy.edit'] });
    const { user } = open(page, { at: '/policies/import/import-1?step=terms', operator });
    const sent = () => asked.flatMap(({ what, body }) => (what.startsWith('PATCH') ? (body as Sent).decisions : []));
    return { user, sent, added };
  };
  const marked = () => [...document.querySelectorAll('mark')].map((mark) => mark.textContent).join('');

  it('marks the sentence of a proposal, and goes to the next and back by keyboard', async () => {
    const { user } = show();
    await waitFor(() => expect(marked()).toBe(sentences[0]));
    await user.keyboard('j');
    expect(marked()).toBe(sentences[1]);
    await user.keyboard('{ArrowDown}');
    expect(marked()).toBe(sentences[2]);
    await user.keyboard('k');
    expect(marked()).toBe(sentences[1]);
  });

  it('asks for what the text leaves open before it accepts, and accepts what is filled in', async () => {
    const { user, sent } = show();
    await screen.findByText('The text does not say: Basis.');
    await user.keyboard('a');
    const basis = await screen.findByLabelText(/^Basis/);
    await waitFor(() => expect(document.activeElement).toBe(basis));
    expect(sent()).toEqual([]);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(marked()).toBe(sentences[1]));
    expect(sent()).toEqual([{ proposalId: 'p0', decision: 'accepted', term: terms[0] }]);
  });

  it('accepts and declines by keyboard, one after another, and takes the last back', async () => {
    const { user, sent } = show();
    await screen.findByText('0 of 3 decided');
    await user.keyboard('j');
    await user.keyboard('ad');
    await screen.findByText('2 of 3 decided');
    await user.keyboard('u');
    await screen.findByText('1 of 3 decided');
    expect(marked()).toBe(sentences[2]);
    await screen.findByText('Everything is saved');
    expect(sent()).toEqual([
      { proposalId: 'p1', decision: 'accepted' },
      { proposalId: 'p2', decision: 'declined' },
      { proposalId: 'p2', decision: 'undecided' },
    ]);
  });

  it('asks for a length of time by its count and unit', async () => {
    const { user, sent } = show();
    await screen.findByText('0 of 3 decided');
    await user.keyboard('je');
    const kept = await screen.findByLabelText('Kept for');
    expect((kept as HTMLInputElement).value).toBe('1');
    expect(screen.getAllByLabelText('Unit')[0]?.closest('.ant-select')?.textContent).toContain('years');
    await user.clear(kept);
    await user.type(kept, '3');
    await user.click(screen.getByRole('button', { name: 'Accept like this' }));
    await screen.findByText('1 of 3 decided');
    expect(sent()).toEqual([{ proposalId: 'p1', decision: 'accepted', term: { ...terms[1], period: 'P3Y' } }]);
  });

  it('adds a term by keyboard on the sentence that is shown, and goes on', async () => {
    const { user, added } = show();
    await screen.findByText('0 of 3 decided');
    await user.keyboard('jn');
    const type = await screen.findByLabelText('What it promises');
    await waitFor(() => expect(document.activeElement).toBe(type));
    expect(marked()).toBe(sentences[1]);
    press('ArrowDown');
    press('Enter');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('Added by hand');
    const start = text.indexOf(sentences[1] ?? '');
    const place = { clauseId: '1', paragraph: 0, start, end: start + (sentences[1]?.length ?? 0) };
    expect(added).toEqual([{ ...place, term: { type: 'collection' } }]);
    await user.keyboard('k');
    expect(marked()).toBe(sentences[2]);
  });

  it('keeps what is decided while the server cannot be reached, says so, and saves it then', async () => {
    const { user, sent } = show({ away: 1 });
    await screen.findByText('0 of 3 decided');
    await user.keyboard('jd');
    await screen.findByText(/1 decision is kept in this tab/);
    expect(screen.getByText('1 of 3 decided')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    await screen.findByText('Everything is saved');
    expect(sent().at(-1)).toEqual({ proposalId: 'p1', decision: 'declined' });
  });
});
