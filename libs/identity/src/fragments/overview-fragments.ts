import { Injectable } from '@nestjs/common';
import type { OperatorPrincipal } from '@abide/platform';
import { FragmentRegistry, type Fragment, type Gathered } from './fragment-registry.js';

/** What a fragment has to show, as its module answers it over HTTP elsewhere. */
export interface OverviewContent {
  /** Waits for an act of the operator who asks. */
  readonly mine?: readonly object[];
  /** Waits for somebody else. */
  readonly others?: readonly object[];
  /** Waits for nobody. */
  readonly standing?: readonly object[];
}

export interface OverviewFragment extends Fragment {
  load(operator: OperatorPrincipal): Promise<OverviewContent>;
}

/** The registry of what the console's overview shows. */
@Injectable()
export class OverviewFragments extends FragmentRegistry<OverviewFragment> {
  load(operator: OperatorPrincipal): Promise<Gathered<OverviewContent>> {
    return this.gather(operator, (fragment) => fragment.load(operator));
  }
}
