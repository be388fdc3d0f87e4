import { Global, Module } from '@nestjs/common';
import { Authenticator } from '@abide/platform';
import { IdentityAuthenticator } from './authenticator.js';
import { Bootstrap } from './bootstrap.js';
import { Attempts } from './credentials/attempts.js';
import { FactorsController } from './operators/factors.controller.js';
import { Factors } from './operators/factors.service.js';
import { OperatorSessionsController } from './operators/operator-sessions.controller.js';
import { OperatorSessions } from './operators/operator-sessions.service.js';
import { OperatorSignIn } from './operators/operator-sign-in.service.js';
import { OperatorsController } from './operators/operators.controller.js';
import { Operators } from './operators/operators.service.js';
import { SessionCookie } from './operators/session-cookie.js';

/** Subjects, operators and service clients: who asks, and how they proved it. Global. */
@Global()
@Module({
  controllers: [FactorsController, OperatorSessionsController, OperatorsController],
  providers: [
    { provide: Authenticator, useClass: IdentityAuthenticator },
    Attempts,
    Bootstrap,
    Factors,
    Operators,
    OperatorSessions,
    OperatorSignIn,
    SessionCookie,
  ],
  exports: [Authenticator, Operators],
})
export class IdentityModule {}
