import { Module } from '@nestjs/common';
import { ConsentModule } from '@abide/consent';

/** Where subjects were, while they let us know: fixes, the trail, the coarse map. */
@Module({ imports: [ConsentModule] })
export class LocationModule {}
