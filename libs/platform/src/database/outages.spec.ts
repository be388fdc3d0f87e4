import { throughOutages } from './outages.js';

const away = Object.assign(new Error('the database system is starting up'), { code: '57P03' });

describe('what goes through outages', () => {
  it('is done again until the database answers', async () => {
    const answers = [away, Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect' })];
    let times = 0;
    const work = async () => {
      times += 1;
      const failure = answers.shift();
      if (failure) throw failure;
      return 'done';
    };
    expect(await throughOutages(work)).toBe('done');
    expect(times).toBe(3);
  });

  it('fails at once on anything else', async () => {
    let times = 0;
    const work = () => {
      times += 1;
      return Promise.reject(Object.assign(new Error('relation does not exist'), { code: '42P01' }));
    };
    await expect(throughOutages(work)).rejects.toThrow('relation does not exist');
    expect(times).toBe(1);
  });
});
