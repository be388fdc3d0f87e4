import { paragraphsOf } from './paragraphs.js';

describe('the paragraphs of a clause', () => {
  it('are its lines as they are read, without Markdown', () => {
    const body = 'We keep **your name**\nfor [one year](https://example.com).\n\n- logs\n- 设备信息\n\n\\# no heading';
    expect(paragraphsOf(body)).toEqual([
      { text: 'We keep your name for one year.' },
      { text: 'logs' },
      { text: '设备信息' },
      { text: '# no heading' },
    ]);
  });

  it('are none where nothing is written', () => {
    expect(paragraphsOf(' \n\n')).toEqual([]);
  });
});
