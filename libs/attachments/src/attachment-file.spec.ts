import { Readable } from 'node:stream';
import { attachmentFile } from './attachment-file.js';

describe('an attachment as an answer', () => {
  it.each([
    ['evidence.pdf', "attachment; filename*=UTF-8''evidence.pdf"],
    ['裁定书.pdf', "attachment; filename*=UTF-8''%E8%A3%81%E5%AE%9A%E4%B9%A6.pdf"],
    ["it's (1)*.pdf", "attachment; filename*=UTF-8''it%27s%20%281%29%2a.pdf"],
    ['a"\r\nX-Injected: 1.pdf', "attachment; filename*=UTF-8''a%22%0D%0AX-Injected%3A%201.pdf"],
  ])('is to be saved under its name: %j', (name, disposition) => {
    const facts = { id: 'x', name, type: 'application/pdf', bytes: 3, createdAt: new Date() };
    const { options } = attachmentFile({ ...facts, content: Readable.from(['pdf']) } as never);
    expect(options).toMatchObject({ disposition, type: 'application/pdf', length: 3 });
  });
});
