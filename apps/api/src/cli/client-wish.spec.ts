import { DomainError } from '@abide/kernel';
import { clientWish, unusableBounds } from './client-wish.js';

describe('a service client asked for on the server', () => {
  it('names what it is for where it opens personal data', () => {
    expect(
      clientWish([
        'Surveys',
        'telemetry:read,decisions:read',
        '--purposes',
        'product.improvement, personalisation',
        '--services',
        'ticketing',
      ]),
    ).toEqual({
      name: 'Surveys',
      scopes: ['telemetry:read', 'decisions:read'],
      purposes: ['product.improvement', 'personalisation'],
      services: ['ticketing'],
      isUnbounded: false,
    });
  });

  it('goes without where it opens none, and where that is said in so many words', () => {
    expect(clientWish(['Ticketing', 'telemetry:write'])).toMatchObject({
      purposes: [],
      services: [],
      isUnbounded: false,
    });
    expect(clientWish(['Everything', 'telemetry:read', '--unbounded'])).toMatchObject({
      purposes: [],
      services: [],
      isUnbounded: true,
    });
  });

  it.each([
    [
      'opens personal data for no purpose that is named',
      ['Surveys', 'telemetry:read', '--services', 'ticketing'],
      '--purposes and --services',
    ],
    [
      'opens personal data in no service that is named',
      ['Surveys', 'location:read', '--purposes', 'product.improvement'],
      '--purposes and --services',
    ],
    [
      'names nothing in a list',
      ['Surveys', 'disclosures:write', '--purposes', ',', '--services', 'ticketing'],
      '--purposes and --services',
    ],
    [
      'is bounded and unbounded',
      ['Surveys', 'telemetry:read', '--purposes', 'product.improvement', '--services', 'ticketing', '--unbounded'],
      'not both',
    ],
    ['has a misspelt scope beside a right one', ['Surveys', 'telemetry:write,telemetry:raed'], 'telemetry:raed'],
    ['has no scope', ['Surveys', ','], 'at least one scope'],
    ['has no name', ['telemetry:write'], '<name>'],
    ['has an option that there is not', ['Surveys', 'telemetry:write', '--everything'], 'everything'],
  ])('is refused where it %s', (_, args, said) => {
    const answer = clientWish(args);
    expect(answer).toEqual(expect.stringContaining('Usage: abide client create'));
    expect(String(answer).split('Usage:')[0]).toContain(said);
  });

  it('is told which bounds the registries do not know', () => {
    const unknown = new DomainError('invalid', 'request.invalid', {
      detail: 'Some purposes are not registered.',
      errors: [{ pointer: '/purposes/0', code: 'unknown', message: 'Nothing is registered under this code.' }],
    });
    expect(unusableBounds(unknown)).toBe(
      'Some purposes are not registered.\n  purposes/0: Nothing is registered under this code.\n',
    );
    expect(() => unusableBounds(new DomainError('conflict', 'client.too_many'))).toThrow();
  });
});
