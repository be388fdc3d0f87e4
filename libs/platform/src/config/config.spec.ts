import { ConfigError, loadConfig } from './config.js';

const valid = { DATABASE_URL: 'postgres://somebody:secret@127.0.0.1/abide' };

function messageOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
}

describe('the configuration', () => {
  it('takes an empty variable as absent', () => {
    expect(loadConfig({ ...valid, PORT: '', SMTP_URL: '' }).get('PORT')).toBe(3000);
  });

  it('names every bad variable at once and repeats no value', () => {
    const message = messageOf({
      DATABASE_URL: 'mysql://hidden',
      PORT: 'seventy',
      ABIDE_ROLE: 'boss',
      ABIDE_BOOTSTRAP_OPERATOR: 'no-colon',
    });
    for (const name of ['DATABASE_URL', 'PORT', 'ABIDE_ROLE', 'ABIDE_BOOTSTRAP_OPERATOR'])
      expect(message).toContain(`${name}:`);
    expect(message).not.toMatch(/hidden|seventy|boss|no-colon/);
  });

  it('leads to a request in the app where its address is given, else nowhere', () => {
    const config = loadConfig({ ...valid, ABIDE_REQUEST_PAGE: 'https://app.example.com/requests?open={id}' });
    expect(config.requestPage('7')).toBe('https://app.example.com/requests?open=7');
    expect(loadConfig(valid).requestPage('7')).toBeNull();
  });

  it('asks for the secret that signs SMS', () => {
    expect(messageOf({ ...valid, SMS_WEBHOOK_URL: 'https://sms.example/send' })).toContain('SMS_WEBHOOK_SECRET');
  });

  it('refuses production without https, a named proxy and a key file', () => {
    const message = messageOf({ ...valid, NODE_ENV: 'production', ABIDE_PUBLIC_URL: 'http://privacy.example' });
    for (const name of ['ABIDE_PUBLIC_URL', 'ABIDE_TRUSTED_PROXY', 'ABIDE_KEY_FILE']) expect(message).toContain(name);
  });

  it.each([
    'smtp://mail.example?ignoreTLS=true',
    'smtp://mail.example?requireTLS=false',
    'smtps://mail.example?tls.rejectUnauthorized=false',
    'smtp://mail.example?opportunisticTLS=true',
  ])('refuses e-mail in production that could travel plainly: %s', (url) => {
    expect(messageOf({ ...valid, NODE_ENV: 'production', SMTP_URL: url })).toContain('SMTP_URL');
    expect(messageOf({ ...valid, NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example:587' })).not.toContain(
      'SMTP_URL',
    );
    expect(messageOf({ ...valid, SMTP_URL: url })).toBe('');
  });

  it('takes origins of client apps, and nothing else for one', () => {
    expect(
      loadConfig({ ...valid, ABIDE_CLIENT_ORIGINS: 'https://app.example, http://localhost:8080' }).clientOrigins,
    ).toEqual(['https://app.example', 'http://localhost:8080']);
    expect(loadConfig(valid).clientOrigins).toEqual([]);
    for (const wrong of ['*', 'app.example', 'https://app.example/', 'https://app.example/path'])
      expect(messageOf({ ...valid, ABIDE_CLIENT_ORIGINS: wrong })).toContain('ABIDE_CLIENT_ORIGINS');
  });

  it('describes the API to everybody, but in production only where that is asked for', () => {
    const production = {
      ...valid,
      NODE_ENV: 'production',
      ABIDE_PUBLIC_URL: 'https://privacy.example',
      ABIDE_TRUSTED_PROXY: '10.0.0.1',
      ABIDE_KEY_FILE: '/run/key',
    };
    expect([valid, production, { ...production, ABIDE_DOCS: 'true' }].map((env) => loadConfig(env).showsDocs)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('tells the roles apart', () => {
    expect(loadConfig({ ...valid, ABIDE_ROLE: 'web' }).runsJobs).toBe(false);
    expect(loadConfig({ ...valid, ABIDE_ROLE: 'worker' }).runsWeb).toBe(false);
    expect(loadConfig({ ...valid }).runsJobs).toBe(true);
  });
});
