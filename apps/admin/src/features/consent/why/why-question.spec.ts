import { describe, expect, it } from '@jest/globals';
import { isWhole, readQuestion, writeQuestion } from './why-question.js';

const question = {
  subjectId: 's',
  action: 'share',
  purpose: 'service.provision',
  category: 'location.gps',
  recipient: 'map-provider',
  region: 'CN',
} as const;

describe('a question to the gate', () => {
  it('reads from the address what was written there', () => {
    expect(readQuestion(writeQuestion(question))).toEqual(question);
  });

  it('asks about use where the address names no action that there is', () => {
    expect(readQuestion(new URLSearchParams('action=sell&purpose=a'))).toEqual({ action: 'use', purpose: 'a' });
  });

  it('names recipient and region only to share', () => {
    expect(writeQuestion({ ...question, action: 'use' }).toString()).toBe(
      'action=use&subjectId=s&purpose=service.provision&category=location.gps',
    );
  });

  it('says what stays on the device, except to share', () => {
    const onDevice = { ...question, storage: 'onDevice' } as const;
    expect(writeQuestion(onDevice).has('storage')).toBe(false);
    expect(readQuestion(writeQuestion({ ...onDevice, action: 'use' }))).toMatchObject({ storage: 'onDevice' });
    expect(readQuestion(new URLSearchParams('action=use&storage=elsewhere'))).toEqual({ action: 'use' });
  });

  it('leaves out what is empty', () => {
    expect(writeQuestion({ action: 'use', subjectId: ' s ', purpose: ' ' }).toString()).toBe('action=use&subjectId=s');
  });

  it('is whole with a subject, a purpose and a category', () => {
    expect(isWhole(question)).toBe(true);
    expect(isWhole({ action: 'use', subjectId: 's', purpose: 'a' })).toBe(false);
  });
});
