import { SigningKeys } from '@abide/identity';
import { Config } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { SignJWT } from 'jose';

/** Access tokens made with the installation's own key, for clients that were put into the database by hand. */
export const AccessTokens = {
  async forClient(test: TestApp, clientId: string, scope: string): Promise<string> {
    const { id, privateKey } = await test.get(SigningKeys).current();
    return new SignJWT({ kind: 'client', scope, sid: '' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: id })
      .setIssuer(test.get(Config).publicUrl)
      .setAudience('abide')
      .setSubject(clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  },
};
