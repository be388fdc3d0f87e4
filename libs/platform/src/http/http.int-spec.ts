import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { Body, Controller, Get, Global, HttpCode, Logger, Module, Post } from '@nestjs/common';
import { DomainError } from '@abide/kernel';
import { Authenticator } from './access.guard.js';
import { ForEveryone, ForOperator } from './access.js';
import { setEtag } from './etag.js';
import { Text } from './fields.js';
import { SecretAnswer } from './idempotency.js';
import { requestContext } from './request-context.js';
import { Database } from '../database/database.js';
import { platformPersistence } from '../persistence.js';
import { createTestApp, processorTimeOf, type TestApp } from '../testing/index.js';

class Note {
  @Text({ max: 10 }) readonly text: string = '';
}

class NoAuthenticator extends Authenticator {
  async bearer(): Promise<null> {
    return null;
  }
  async operatorSession(): Promise<null> {
    return null;
  }
}

let executions = 0;
let secretsFail = false;

@Controller('probe')
class ProbeController {
  constructor(private readonly db: Database) {}

  @Post('notes')
  @ForEveryone()
  @HttpCode(201)
  async note(@Body() note: Note): Promise<object> {
    executions += 1;
    await this.db.query('SELECT pg_sleep(0.05)');
    setEtag(note.text);
    return { text: note.text, context: requestContext()?.correlationId };
  }

  @Post('secrets')
  @ForEveryone()
  @SecretAnswer()
  async secret(): Promise<object> {
    executions += 1;
    await this.db.execute(
      'INSERT INTO platform.development_messages (id, channel, recipient, text, sent_at) VALUES (gen_random_uuid(), $1, $2, $3, $4)',
      ['email', 'remembered', 'x', new Date()],
    );
    if (secretsFail) throw new DomainError('unauthenticated', 'probe.refused');
    return { secret: 's3cret' };
  }

  @Get('too-large')
  @ForEveryone()
  tooLarge(): Promise<unknown> {
    return this.db.query('SELECT $1::int', ['99999999999']);
  }

  @Get('misprepared')
  @ForEveryone()
  misprepared(): Promise<unknown> {
    return this.db.prepared('probe.misprepared', 'SELECT "canary@example.com" FROM platform.idempotency_keys');
  }

  @Get('by-name/:name')
  @ForEveryone()
  byName(): string {
    return 'found';
  }

  @Get('locked')
  @ForOperator('nothing')
  locked(): string {
    return 'never';
  }

  @Get('crowded')
  @ForEveryone()
  crowded(): never {
    throw new DomainError('tooMany', 'probe.crowded');
  }

  @Get('broken')
  @ForEveryone()
  broken(): never {
    throw new Error('13800000000 must not be shown');
  }
}

@Global()
@Module({
  controllers: [ProbeController],
  providers: [{ provide: Authenticator, useClass: NoAuthenticator }],
  exports: [Authenticator],
})
class ProbeModule {}

describe('the HTTP conventions', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp([ProbeModule], platformPersistence);
  });
  afterAll(() => test.close());

  it('answers a good body inside the request context', async () => {
    const answer = await test.request({ method: 'POST', path: 'probe/notes', body: { text: 'hi' } });
    expect(answer.status).toBe(201);
    expect(answer.body.context).toBe(answer.headers['x-correlation-id']);
  });

  it('names every unknown or wrong field by pointer and keeps nothing', async () => {
    const answer = await test.request({
      method: 'POST',
      path: 'probe/notes',
      body: { text: 'far too long a text', more: 1 },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.errors.map((e: { pointer: string }) => e.pointer).sort()).toEqual(['/more', '/text']);
  });

  it('refuses a body nested more than 32 levels deep', async () => {
    const body = `${'['.repeat(40)}${']'.repeat(40)}`;
    const answer = await test.request({
      method: 'POST',
      path: 'probe/notes',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body).toMatchObject({ status: 400, code: 'request.too_deep' });
  });

  it('refuses a body of more than ten thousand members before it looks at any', async () => {
    const spent = process.threadCpuUsage();
    const members = Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`k${index}`, 1]));
    for (const body of [
      { text: 'x', ...members },
      { text: 'x', more: Array.from({ length: 100_000 }, () => ({})) },
    ]) {
      expect((await test.request({ method: 'POST', path: 'probe/notes', body })).body).toMatchObject({
        status: 400,
        code: 'request.too_many_members',
      });
    }
    const form = {
      method: 'POST',
      path: 'probe/notes',
      body: Object.keys(members).join('&'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    } as const;
    expect((await test.request(form)).body.code).toBe('request.too_many_members');
    expect(process.threadCpuUsage(spent).user).toBeLessThan(1_500_000);
  });

  it('takes commas within a string for no members', async () => {
    expect(
      (await test.request({ method: 'POST', path: 'probe/notes', body: { text: 'x', more: ','.repeat(20_000) } })).body
        .code,
    ).toBe('request.invalid');
  });

  it('takes brackets within a string for no nesting', async () => {
    const body = JSON.stringify({ text: 'x', more: `\\"${'['.repeat(40)}`, [`"${'{'.repeat(40)}`]: [] });
    const answer = await test.request({
      method: 'POST',
      path: 'probe/notes',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body.code).toBe('request.invalid');
  });

  it('refuses a body over one mebibyte', async () => {
    const answer = await test.request({ method: 'POST', path: 'probe/notes', body: { text: 'x'.repeat(1_100_000) } });
    expect(answer.body).toMatchObject({ status: 413, code: 'request.too_large' });
  });

  it('takes a body in gzip as what it unfolds to', async () => {
    const answer = await sendCoded('gzip', gzipSync(JSON.stringify({ text: 'folded' })));
    expect([answer.status, answer.body.text]).toEqual([201, 'folded']);
    expect((await sendCoded('GZIP', gzipSync('{"text":"x"}'))).status).toBe(201);
    expect((await sendCoded('identity', Buffer.from('{"text":"x"}'))).status).toBe(201);
  });

  it('refuses a body that unfolds to more than its route takes, however small it comes', async () => {
    const bomb = gzipSync(JSON.stringify({ text: 'x'.repeat(200_000_000) }));
    expect(bomb.length).toBeLessThan(300_000);
    const cost = await processorTimeOf(async () =>
      expect((await sendCoded('gzip', bomb)).body).toMatchObject({ status: 413, code: 'request.too_large' }),
    );
    expect(cost.everywhere).toBeLessThan(2_000_000);
  });

  it.each(['br', 'deflate', 'zstd', 'compress', 'gzip, gzip', 'x'])(
    'refuses a body in the coding %s',
    async (coding) => {
      expect((await sendCoded(coding, brotliCompressSync('{"text":"x"}'))).body).toMatchObject({
        status: 415,
        code: 'request.unsupported_encoding',
      });
    },
  );

  it('refuses a body that is no gzip, is cut off or goes on after its end', async () => {
    const whole = gzipSync('{"text":"x"}');
    for (const broken of [
      Buffer.from('{"text":"x"}'),
      whole.subarray(0, -6),
      Buffer.concat([whole, Buffer.from('more')]),
    ]) {
      expect((await sendCoded('gzip', broken)).body).toMatchObject({ status: 400, code: 'request.malformed' });
    }
  });

  function sendCoded(coding: string, body: Buffer) {
    return test.request({
      method: 'POST',
      path: 'probe/notes',
      body,
      headers: { 'content-type': 'application/json', 'content-encoding': coding },
    });
  }

  it('refuses text that is not JSON', async () => {
    const answer = await test.request({
      method: 'POST',
      path: 'probe/notes',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body).toMatchObject({ status: 400, code: 'request.malformed' });
  });

  it('answers an unforeseen error opaquely', async () => {
    const answer = await test.request({ method: 'GET', path: 'probe/broken' });
    expect(answer.body).toMatchObject({ status: 500, code: 'service.error' });
    expect(answer.text).not.toContain('13800000000');
  });

  it('tells whoever comes too often when to come again', async () => {
    const answer = await test.request({ method: 'GET', path: 'probe/crowded' });
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([429, 'probe.crowded', '5']);
  });

  it('writes down the code of a database error and nothing of its text, which may quote values', async () => {
    const written = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    expect((await test.request({ method: 'GET', path: 'probe/misprepared' })).body).toMatchObject({
      status: 500,
      code: 'service.error',
    });
    expect(JSON.stringify(written.mock.calls)).toContain('42703');
    expect(JSON.stringify(written.mock.calls)).not.toContain('canary');
    written.mockRestore();
  });

  it('refuses a protected route without a session', async () => {
    const answer = await test.request({ method: 'GET', path: 'probe/locked' });
    expect(answer.body).toMatchObject({ status: 401, code: 'session.expired' });
  });

  it('answers an address that is too long or cannot be read as a problem, without repeating it', async () => {
    const long = await test.request({ method: 'GET', path: `probe/by-name/${'canary'.repeat(50)}` });
    expect(long.body).toMatchObject({ status: 414, code: 'request.uri_too_long' });
    const unreadable = await test.request({ method: 'GET', path: 'probe/by-name/%zzcanary' });
    expect(unreadable.body).toMatchObject({ status: 400, code: 'request.malformed' });
    expect(long.text + unreadable.text).not.toContain('canary');
  });

  it.each(['/api/v1/probe/too-large', '/nowhere', '/api/v1/probe/%00', '/%zz'])(
    'puts the security headers on its answer to %s',
    async (path) => {
      const { headers } = await test.request({ method: 'GET', path });
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
    },
  );

  it('answers an unknown path as a problem', async () => {
    expect((await test.request({ method: 'GET', path: 'nowhere' })).body).toMatchObject({
      status: 404,
      code: 'request.not_found',
    });
  });

  it('executes fifty parallel requests with one idempotency key once and replays the answer', async () => {
    executions = 0;
    const send = () =>
      test.request({
        method: 'POST',
        path: 'probe/notes',
        body: { text: 'once' },
        headers: { 'idempotency-key': 'k1' },
      });
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    expect(executions).toBe(1);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers.every((answer) => answer.status === 201)).toBe(true);
  });

  it('keeps neither the key, the answer nor a guessable hash of the body, and replays the ETag', async () => {
    const send = () =>
      test.request({
        method: 'POST',
        path: 'probe/notes',
        body: { text: 'tagged' },
        headers: { 'idempotency-key': 'k-canary' },
      });
    const [first, second] = [await send(), await send()];
    expect([first.headers['etag'], second.headers['etag']]).toEqual(['"tagged"', '"tagged"']);
    const kept = JSON.stringify(await test.get(Database).query('SELECT * FROM platform.idempotency_keys'));
    expect(kept).not.toContain('k-canary');
    const readable = await test
      .get(Database)
      .query("SELECT 1 FROM platform.idempotency_keys WHERE encode(body, 'escape') LIKE '%tagged%'");
    expect([readable, second.body]).toEqual([[], first.body]);
    expect(kept).not.toContain(
      createHash('sha256')
        .update(JSON.stringify({ text: 'tagged' }))
        .digest('hex'),
    );
  });

  it.each(['probe/by-name/%00', 'probe/by-name/a?x=%00'])('refuses a NUL in the address %s', async (path) => {
    expect((await test.request({ method: 'GET', path })).body).toMatchObject({
      status: 400,
      code: 'request.malformed',
    });
  });

  it("answers a value that PostgreSQL cannot hold as the caller's fault", async () => {
    expect((await test.request({ method: 'GET', path: 'probe/too-large' })).body).toMatchObject({
      status: 400,
      code: 'request.unstorable',
    });
  });

  it('refuses the same idempotency key with another body', async () => {
    const send = (text: string) =>
      test.request({ method: 'POST', path: 'probe/notes', body: { text }, headers: { 'idempotency-key': 'k2' } });
    await send('one');
    expect((await send('two')).body).toMatchObject({ status: 422, code: 'idempotency.key_reused' });
  });

  it('executes a secret answer once and refuses to repeat it', async () => {
    executions = 0;
    secretsFail = false;
    const send = () =>
      test.request({ method: 'POST', path: 'probe/secrets', body: {}, headers: { 'idempotency-key': 'k3' } });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(executions).toBe(1);
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'idempotency.not_replayable')).toHaveLength(9);
  });

  it('keeps what a refused secret route remembered, and lets its key be used again', async () => {
    secretsFail = true;
    const count = async () =>
      (await test.get(Database).query("SELECT 1 FROM platform.development_messages WHERE recipient = 'remembered'"))
        .length;
    const send = () =>
      test.request({ method: 'POST', path: 'probe/secrets', body: {}, headers: { 'idempotency-key': 'k4' } });
    const before = await count();
    expect((await send()).body).toMatchObject({ status: 401, code: 'probe.refused' });
    expect((await send()).body).toMatchObject({ status: 401, code: 'probe.refused' });
    expect(await count()).toBe(before + 2);
  });
});
