import { Global, Module } from '@nestjs/common';
import { Authenticator } from '@abide/platform';
import { IdentityAuthenticator } from './authenticator.js';
import { Bootstrap } from './bootstrap.js';
import { ClientTokens } from './clients/client-tokens.service.js';
import { OauthController } from './clients/oauth.controller.js';
import { ServiceClientsController } from './clients/service-clients.controller.js';
import { ServiceClients } from './clients/service-clients.service.js';
import { Attempts } from './credentials/attempts.js';
import { FactorsController } from './operators/factors.controller.js';
import { Factors } from './operators/factors.service.js';
import { OperatorSessionsController } from './operators/operator-sessions.controller.js';
import { OperatorSessions } from './operators/operator-sessions.service.js';
import { OperatorSignIn } from './operators/operator-sign-in.service.js';
import { OperatorsController } from './operators/operators.controller.js';
import { Operators } from './operators/operators.service.js';
import { SessionCookie } from './operators/session-cookie.js';
import { AccessTokens } from './tokens/access-tokens.service.js';
import { SigningKeysController } from './tokens/signing-keys.controller.js';
import { SigningKeys } from './tokens/signing-keys.service.js';

/** Subjects, operators and service clients: who asks, and how they proved it. Global. */
@Global()
@Module({
  controllers: [FactorsController, OauthController, OperatorSessionsController, OperatorsController, ServiceClientsController, SigningKeysController],
  providers: [
    { provide: Authenticator, useClass: IdentityAuthenticator },
    AccessTokens,
    Attempts,
    Bootstrap,
    ClientTokens,
    Factors,
    Operators,
    OperatorSessions,
    OperatorSignIn,
    ServiceClients,
    SessionCookie,
    SigningKeys,
  ],
  exports: [Authenticator, Operators, ServiceClients],
})
export class IdentityModule {}
