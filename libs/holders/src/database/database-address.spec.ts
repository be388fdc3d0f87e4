import { shownAddress, targetOf } from './database-address.js';

const target = (url: string, isProduction = false) => targetOf(url, { isProduction });

describe('the address of a database', () => {
  it('is read as host, port, name, user and password, and shown without who connects', () => {
    const read = target('postgres://ab%40ide:p%2Fw@signing.internal:6432/signing');
    expect(read).toEqual({
      host: 'signing.internal',
      port: 6432,
      database: 'signing',
      user: 'ab@ide',
      password: 'p/w',
      usesTls: false,
    });
    expect(shownAddress(read)).toBe('postgres://signing.internal:6432/signing');
    expect(shownAddress(target('postgresql://u:p@[fd00::1]/db'))).toBe('postgres://[fd00::1]:5432/db');
  });

  it('is reached over TLS where that is asked for, and in production always', () => {
    expect(target('postgres://u:p@h/d?sslmode=require').usesTls).toBe(true);
    expect(target('postgres://u:p@h/d?sslmode=disable').usesTls).toBe(false);
    expect(target('postgres://u:p@h/d?sslmode=disable', true).usesTls).toBe(true);
  });

  it.each([
    'nothing',
    'https://u:p@h/d',
    'postgres://h/d',
    'postgres://u@h/d',
    'postgres://u:p@h',
    'postgres://u:p@h/d/e',
    'postgres:///d?host=/var/run',
    'postgres://u:p@h/d?host=other',
    'postgres://u:p@h/d?sslmode=no-verify',
    'postgres://u:p@h/d?sslrootcert=/etc/passwd',
    'postgres://u:p@h%40other/d',
    'postgres://u:p@10.0.0.1%2F/d',
    'postgres://u:%zz@h/d',
  ])('is refused as %s', (url) => {
    expect(() => target(url)).toThrow('postgres://user:password@host:5432/database');
  });
});
