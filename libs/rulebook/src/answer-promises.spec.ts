import { answerPromisesOf, shortestAnswer } from './answer-promises.js';
import type { PolicyDocument } from './document.js';
import type { RightTerm } from './terms.js';
import { aGuide, aPolicy, aRight } from './testing/builders.js';

const promising = (...terms: Omit<RightTerm, 'type'>[]): PolicyDocument =>
  aPolicy({ terms: terms.map((term) => ({ type: 'right' as const, ...term })) });

describe('how soon a request is answered', () => {
  const document = promising(
    { rights: ['access', 'correction'], answerWithin: { workingDays: 15 } },
    { rights: ['access'], answerWithin: { calendarDays: 10 } },
    { rights: ['deletion'] },
  );
  const promises = answerPromisesOf({ document, revision: 3 });

  it('is the shortest that a clause promises for its kind', () => {
    expect(shortestAnswer(promises, 'access')?.within).toEqual({ calendarDays: 10 });
    expect(shortestAnswer(promises, 'correction')?.within).toEqual({ workingDays: 15 });
  });

  it('is shorter for those whom a guide promises more, and for nobody else', () => {
    const guide = { document: aGuide([aRight({ answerWithin: { calendarDays: 5 } })]), revision: 1 };
    const all = [...answerPromisesOf(guide), ...promises];
    expect(shortestAnswer(all, 'access')?.within).toEqual({ calendarDays: 10 });
    expect(shortestAnswer(all, 'access', ['children'])?.within).toEqual({ calendarDays: 5 });
    const slower = { document: aGuide([aRight({ answerWithin: { workingDays: 15 } })]), revision: 1 };
    expect(shortestAnswer([...answerPromisesOf(slower), ...promises], 'access', ['children'])?.within).toEqual({
      calendarDays: 10,
    });
  });

  it('is for the law alone where no clause says it', () => {
    expect(shortestAnswer(promises, 'deletion')).toBeNull();
    expect(shortestAnswer(promises, 'inquiry')).toBeNull();
  });

  it('cites the clause in words, in both languages', () => {
    const cited = shortestAnswer(promises, 'access')?.cited;
    expect(cited?.['zh-CN']).toContain(`《${document.title['zh-CN']}》第 3 版`);
    expect(cited?.en).toContain(`${document.title.en}, revision 3`);
  });
});
