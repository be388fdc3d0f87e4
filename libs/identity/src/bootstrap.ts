import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config, ConfigError, Database } from '@abide/platform';
import { scopes } from './clients/scopes.js';
import { ServiceClients } from './clients/service-clients.service.js';
import { Factors } from './operators/factors.service.js';
import { Operators } from './operators/operators.service.js';
import { SigningKeys } from './tokens/signing-keys.service.js';

const shortestDevelopmentPassword = 1;
const shortestProductionSecret = 32;

/** Makes what a new installation needs to be entered: a signing key, and from the configuration the first administrator and service client. */
@Injectable()
export class Bootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger('Bootstrap');

  constructor(
    private readonly config: Config,
    private readonly db: Database,
    private readonly operators: Operators,
    private readonly clients: ServiceClients,
    private readonly factors: Factors,
    private readonly signingKeys: SigningKeys,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.db.transaction(async () => {
      await this.db.query("SELECT pg_advisory_xact_lock(hashtext('identity.bootstrap'))");
      await this.createOperator();
      await this.createClient();
      await this.signingKeys.ensure();
    });
    if (!this.factors.areRequired)
      this.logger.warn('Operators sign in without a second factor. Production always asks for one.');
  }

  private async createOperator(): Promise<void> {
    const setting = this.config.get('ABIDE_BOOTSTRAP_OPERATOR');
    if (!setting || (await this.operators.hasAny())) return;
    const [email, password] = splitPair(setting);
    const options = this.config.isProduction ? {} : { minimumPasswordLength: shortestDevelopmentPassword };
    await this.operators.create({ email, password, name: 'Administrator', roles: ['administrator'] }, options);
    this.logger.log('The first administrator has been created from ABIDE_BOOTSTRAP_OPERATOR');
  }

  private async createClient(): Promise<void> {
    const setting = this.config.get('ABIDE_BOOTSTRAP_CLIENT');
    if (!setting || (await this.clients.hasAny())) return;
    const [id, secret] = splitPair(setting);
    if (this.config.isProduction && secret.length < shortestProductionSecret) {
      throw new ConfigError(
        `ABIDE_BOOTSTRAP_CLIENT: the secret must have at least ${shortestProductionSecret} characters in production`,
      );
    }
    await this.clients.create({ id, secret, name: id, scopes });
    this.logger.log('A service client has been created from ABIDE_BOOTSTRAP_CLIENT');
  }
}

/** `name:secret`, where the secret may hold colons. */
function splitPair(pair: string): [string, string] {
  const colon = pair.indexOf(':');
  return [pair.slice(0, colon), pair.slice(colon + 1)];
}
