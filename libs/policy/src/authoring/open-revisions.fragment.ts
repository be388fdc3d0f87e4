import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments, type OverviewContent } from '@abide/identity';
import { PageQuery, type OperatorPrincipal } from '@abide/platform';
import { nextActFor } from './next-act.rules.js';
import { toOpenRevision } from './open-revision.dto.js';
import { Policies } from '../revisions/policies.js';
import type { TitledRevision } from '../revisions/revision.entity.js';
import { RevisionView } from './revision-view.js';
import { Revisions } from '../revisions/revisions.js';

const mostPolicies: PageQuery = { limit: 50 };

/** The revisions on their way, on the overview: who has to act next, and what is announced. */
@Injectable()
export class OpenRevisionsFragment implements OnModuleInit {
  constructor(
    private readonly policies: Policies,
    private readonly revisions: Revisions,
    private readonly view: RevisionView,
    private readonly overview: OverviewFragments,
  ) {}

  onModuleInit(): void {
    this.overview.register({
      name: 'revisions',
      permission: 'policy.read',
      load: (operator) => this.load(operator),
    });
  }

  private async load(operator: OperatorPrincipal): Promise<OverviewContent> {
    const { items } = await this.policies.list(mostPolicies);
    const onTheirWay = items.flatMap(({ open, scheduled }) => [open, scheduled].filter((one) => one !== null));
    const rows = await Promise.all(onTheirWay.map((one) => this.row(one, operator)));
    const waiting = rows.filter(({ state }) => state !== 'scheduled');
    return {
      mine: waiting.filter(({ nextAct }) => nextAct !== null),
      others: waiting.filter(({ nextAct }) => nextAct === null),
      standing: rows.filter(({ state }) => state === 'scheduled'),
    };
  }

  private async row({ id, title }: TitledRevision, operator: OperatorPrincipal) {
    const revision = await this.revisions.get(id);
    const { conditions, allowedActs } = await this.view.standing(revision, operator);
    return toOpenRevision({ revision, title, conditions, nextAct: nextActFor(revision.state, allowedActs) });
  }
}
