import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '@abide/audit';
import { ConsentModule } from '@abide/consent';
import { IdentityModule } from '@abide/identity';
import { LocationModule } from '@abide/location';
import { NotificationsModule } from '@abide/notifications';
import { PlatformModule, type Config } from '@abide/platform';
import { PolicyModule } from '@abide/policy';
import { TelemetryModule } from '@abide/telemetry';
import { VaultModule } from '@abide/vault';
import { persistence } from './persistence.js';

export const appModules = [
  VaultModule,
  AuditModule,
  IdentityModule,
  NotificationsModule,
  PolicyModule,
  ConsentModule,
  TelemetryModule,
  LocationModule,
];

/** The composition root: every module of the product on one platform. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(config, persistence), ...appModules] };
  }
}
