import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Config, Database } from '@abide/platform';
import { Factors } from './operators/factors.service.js';
import { Operators } from './operators/operators.service.js';

const shortestDevelopmentPassword = 1;

/** Makes the first administrator from the configuration when there is none. */
@Injectable()
export class Bootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger('Bootstrap');

  constructor(
    private readonly config: Config,
    private readonly db: Database,
    private readonly operators: Operators,
    private readonly factors: Factors,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.db.transaction(async () => {
      await this.db.query("SELECT pg_advisory_xact_lock(hashtext('identity.bootstrap'))");
      await this.createOperator();
    });
    if (!this.factors.areRequired) this.logger.warn('Operators sign in without a second factor. Production always asks for one.');
  }

  private async createOperator(): Promise<void> {
    const setting = this.config.get('ABIDE_BOOTSTRAP_OPERATOR');
    if (!setting || (await this.operators.hasAny())) return;
    const [email, password] = splitPair(setting);
    const options = this.config.isProduction ? {} : { minimumPasswordLength: shortestDevelopmentPassword };
    await this.operators.create({ email, password, name: 'Administrator', roles: ['administrator'] }, options);
    this.logger.log('The first administrator has been created from ABIDE_BOOTSTRAP_OPERATOR');
  }
}

/** `name:secret`, where the secret may hold colons. */
function splitPair(pair: string): [string, string] {
  const colon = pair.indexOf(':');
  return [pair.slice(0, colon), pair.slice(colon + 1)];
}
