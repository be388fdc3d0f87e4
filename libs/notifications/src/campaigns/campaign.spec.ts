import fc from 'fast-check';
import { newId } from '@abide/kernel';
import { channels as outsideChannels, type Channel } from '@abide/platform';
import { Campaign, campaignChannels, type CampaignTerms } from './campaign.entity.js';

const startedAt = new Date('2027-01-01T00:00:00Z');
const later = (minutes: number): Date => new Date(startedAt.getTime() + minutes * 60_000);

function aCampaign(terms: Partial<CampaignTerms> = {}): Campaign {
  const usual: CampaignTerms = {
    kind: 'policyChange',
    revisionId: newId(),
    policySlug: 'general-privacy',
    revisionNumber: 2,
    materiality: 'reductionOfRights',
    leadDays: 7,
    channels: ['inApp', 'email', 'sms'],
    effectiveAt: later(20_000),
  };
  return Campaign.start({ ...usual, ...terms }, startedAt);
}

const reach = fc.subarray([...outsideChannels]);
const audiences = fc.array(fc.array(reach, { minLength: 1, maxLength: 5 }), { maxLength: 5 });

describe('a campaign', () => {
  it('promises the in-app notice whether or not the policy names it', () => {
    expect(aCampaign({ channels: ['email'] }).channels).toEqual(['inApp', 'email']);
  });

  it('tells nobody on more than one channel of a choice, and everybody whom one of them reaches', () => {
    const choices = fc.array(fc.uniqueArray(fc.constantFrom(...campaignChannels), { minLength: 2 }), { maxLength: 2 });
    fc.assert(
      fc.property(fc.subarray([...campaignChannels]), choices, reach, (channels, anyOf, reachable) => {
        const messages = aCampaign({ channels, anyOf }).messagesFor(reachable);
        const among = (list: readonly string[]) => reachable.filter((channel) => list.includes(channel));
        expect(messages).toEqual(expect.arrayContaining(among(channels)));
        for (const choice of anyOf)
          if (among(choice).length > 0)
            expect(messages).toEqual(
              expect.arrayContaining([choice.find((one) => among(choice).includes(one as Channel))]),
            );
        expect(messages.length).toBeLessThanOrEqual(among(channels).length + anyOf.length);
        expect(new Set(messages).size).toBe(messages.length);
      }),
    );
  });

  it('begins its lead time at the later of notice and first pass, and not before both are known', () => {
    const campaign = aCampaign();
    expect([campaign.leadStartedAt, campaign.leadEndsAt]).toEqual([null, null]);
    campaign.finishEnumeration(later(5));
    campaign.advance(later(5));
    expect([campaign.leadStartedAt, campaign.leadEndsAt]).toEqual([later(5), later(5 + 7 * 24 * 60)]);
  });

  it('covers nobody before the audience is known, however many were attempted', () => {
    expect(aCampaign().coverage).toBe(0);
  });

  it('completes its first pass exactly when the audience is known and everybody reachable was attempted', () => {
    fc.assert(
      fc.property(audiences, fc.nat(), (batches, chosen) => {
        const campaign = aCampaign();
        for (const batch of batches) campaign.enumerate(batch.map((channels) => ({ subjectId: newId(), channels })));
        const reachable = batches.flat().filter((channels) => channels.length > 0).length;
        campaign.attempted = reachable === 0 ? 0 : chosen % (reachable + 1);
        expect(campaign.advance(later(1))).toEqual([]);
        campaign.finishEnumeration(later(2));
        expect(campaign.advance(later(2))).toEqual(campaign.attempted === reachable ? ['firstPassCompleted'] : []);
        expect(campaign.coverage).toBe(reachable === 0 ? 1 : campaign.attempted / reachable);
        expect(campaign.audience).toBe(batches.flat().length);
      }),
    );
  });

  it('keeps as many messages in its figures as it queued and did not drop, in whatever order they move', () => {
    const moves = fc.array(
      fc.record({
        from: fc.constantFrom('queued' as const, 'failed' as const),
        to: fc.constantFrom('queued' as const, 'attempted' as const, 'failed' as const),
      }),
      { maxLength: 50 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), moves, (messages, steps) => {
        const campaign = aCampaign();
        const channel: Channel = 'email';
        campaign.enumerate(Array.from({ length: messages }, () => ({ subjectId: newId(), channels: [channel] })));
        for (const { from, to } of steps) if (campaign.countsOf(channel)[from] > 0) campaign.move(channel, from, to);
        const { queued, attempted, failed } = campaign.countsOf(channel);
        expect(queued + attempted + failed).toBe(messages);
        expect(campaign.queued).toBe(queued);
      }),
    );
  });

  it('is completed only when its pass is complete and the revision is in effect, in either order', () => {
    const first = aCampaign({ channels: ['inApp'] });
    expect(first.advance(startedAt)).toEqual(['firstPassCompleted']);
    first.takeEffect(later(1));
    expect(first.advance(later(1))).toEqual(['completed']);
    const second = aCampaign();
    second.takeEffect(later(1));
    expect([second.advance(later(1)), second.state]).toEqual([[], 'running']);
    second.finishEnumeration(later(2));
    expect([second.advance(later(2)), second.state]).toEqual([['firstPassCompleted', 'completed'], 'completed']);
  });

  it('stays cancelled, and stays completed', () => {
    const cancelled = aCampaign({ channels: ['inApp'] });
    cancelled.cancel(later(1));
    cancelled.takeEffect(later(2));
    expect([cancelled.advance(later(2)), cancelled.state, cancelled.inEffectAt]).toEqual([[], 'cancelled', null]);
    const completed = aCampaign({ channels: ['inApp'] });
    completed.takeEffect(later(1));
    completed.advance(later(1));
    completed.cancel(later(2));
    expect(completed.state).toBe('completed');
  });

  it('sends nothing outside for channels that stay in the product', () => {
    expect(aCampaign({ channels: [...campaignChannels] }).outside).toEqual(['email', 'sms']);
  });
});
