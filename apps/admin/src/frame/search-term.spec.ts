import { describe, expect, it } from '@jest/globals';
import { searchTermsOf } from './search-term.js';

describe('the search box', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['+44 20 7946 0000', '+442079460000'],
  ])('recognises the phone number %s', (typed, value) => {
    expect(searchTermsOf(typed)).toEqual([{ kind: 'subject', by: 'phone', value }]);
  });

  it('recognises an email address', () => {
    expect(searchTermsOf(' li.lei@example.com ')).toEqual([
      { kind: 'subject', by: 'email', value: 'li.lei@example.com' },
    ]);
  });

  it('recognises a resident ID number and writes its check letter large', () => {
    expect(searchTermsOf('11010519491231002x')).toEqual([
      { kind: 'subject', by: 'idNumber', value: '11010519491231002X' },
    ]);
  });

  it('offers an id as subject and as revision, for nothing in it says which', () => {
    const id = '01990000-0000-7000-8000-000000000001';
    expect(searchTermsOf(id.toUpperCase())).toEqual([
      { kind: 'subject', by: 'id', value: id },
      { kind: 'revision', id },
    ]);
  });

  it.each(['261130-QHK88V1', ' 261130-qhk88v1 ', '261130-1380013'])(
    'recognises %s as the number of a request',
    (typed) => {
      expect(searchTermsOf(typed)).toEqual([{ kind: 'request', number: typed.trim().toUpperCase() }]);
    },
  );

  it.each(['privacy 3', 'privacy/3', 'Privacy #3', 'privacy v3'])('recognises %s as a revision', (typed) => {
    expect(searchTermsOf(typed)).toEqual([{ kind: 'revisionNumber', slug: 'privacy', number: 3 }]);
  });

  it.each(['', '概览', 'audit', '12345', '100000'])('looks nobody up for %s', (typed) => {
    expect(searchTermsOf(typed)).toEqual([]);
  });
});
