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
    const message = messageOf({ DATABASE_URL: 'mysql://hidden', PORT: 'seventy', ABIDE_ROLE: 'boss', ABIDE_BOOTSTRAP_OPERATOR: 'no-colon' });
    for (const name of ['DATABASE_URL', 'PORT', 'ABIDE_ROLE', 'ABIDE_BOOTSTRAP_OPERATOR']) expect(message).toContain(`${name}:`);
    expect(message).not.toMatch(/hidden|seventy|boss|no-colon/);
  });

  it('asks for the secret that signs SMS', () => {
    expect(messageOf({ ...valid, SMS_WEBHOOK_URL: 'https://sms.example/send' })).toContain('SMS_WEBHOOK_SECRET');
  });

  it('refuses production without https, a named proxy and a key file', () => {
    const message = messageOf({ ...valid, NODE_ENV: 'production', ABIDE_PUBLIC_URL: 'http://privacy.example' });
    for (const name of ['ABIDE_PUBLIC_URL', 'ABIDE_TRUSTED_PROXY', 'ABIDE_KEY_FILE']) expect(message).toContain(name);
  });

  it('tells the roles apart', () => {
    expect(loadConfig({ ...valid, ABIDE_ROLE: 'web' }).runsJobs).toBe(false);
    expect(loadConfig({ ...valid, ABIDE_ROLE: 'worker' }).runsWeb).toBe(false);
    expect(loadConfig({ ...valid }).runsJobs).toBe(true);
  });
});
