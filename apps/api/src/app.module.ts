import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type Config } from '@abide/platform';
import { appModules, persistence } from './modules.js';

/** The composition root: every module of the product on one platform. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(config, persistence), ...appModules] };
  }
}
