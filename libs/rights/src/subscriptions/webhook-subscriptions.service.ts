import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { PendingChanges, type ChangeOutcome, type GrantEvidence } from '@abide/identity';
import { Clock, newId } from '@abide/kernel';
import { Config, Database, newWebhookSecret, Webhooks } from '@abide/platform';
import { Vault } from '@abide/vault';
import { refusal } from '../rights.errors.js';

export const webhookEvents = ['request.opened', 'request.closed'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export interface WebhookTerms {
  /** What operators call the receiver. */
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

export interface WebhookSubscription extends WebhookTerms {
  readonly id: string;
  readonly createdAt: Date;
  /** Who may have the secret shown, once. */
  readonly secretFor: string | null;
}

const changeKind = 'webhookSubscription';
const columns = 'id, name, url, events, created_at AS "createdAt", secret_for AS "secretFor"';
const mostShown = 100;

/** Who is told of requests. Two operators let data out to a new address; one alone stops it, at once. */
@Injectable()
export class WebhookSubscriptions implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly vault: Vault,
    private readonly audit: Audit,
    private readonly changes: PendingChanges,
    private readonly webhooks: Webhooks,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: changeKind,
      permission: 'delivery.replay',
      readPermission: 'delivery.read',
      basisNow: () => Promise.resolve(null),
      apply: async ({ objectId, proposed, proposedBy }, evidence) => {
        await this.insert(objectId, proposed as WebhookTerms, { secretFor: proposedBy, evidence });
      },
    });
  }

  /** Those in use, the oldest first. */
  list(): Promise<WebhookSubscription[]> {
    return this.db.query<WebhookSubscription>(
      `SELECT ${columns} FROM rights.webhook_subscriptions WHERE ended_at IS NULL ORDER BY created_at, id LIMIT ${mostShown}`,
    );
  }

  async listFor(event: WebhookEvent): Promise<WebhookSubscription[]> {
    return (await this.list()).filter(({ events }) => events.includes(event));
  }

  /** Where to and with which secret; null once it has ended. */
  async findAddress(id: string): Promise<{ readonly url: string; readonly secret: string } | null> {
    const [row] = await this.db.query<{ url: string; secret: Buffer }>(
      'SELECT url, secret FROM rights.webhook_subscriptions WHERE id = $1 AND ended_at IS NULL',
      [id],
    );
    return row ? { url: row.url, secret: await this.vault.openSecret(secretName(id), row.secret) } : null;
  }

  /** @throws DomainError `request.bad_webhook_address` */
  async propose(terms: WebhookTerms, by: string): Promise<ChangeOutcome<WebhookSubscription>> {
    this.requireAddress(terms.url);
    return this.db.transaction(async () => {
      await this.changes.lock();
      const objectId = newId();
      const { origin } = new URL(terms.url);
      const opens = [
        {
          'zh-CN': `请求的编号、类型、状态和时间会发送到 ${origin}。`,
          en: `The number, kind, state and times of requests go to ${origin}.`,
        },
      ];
      const name = { 'zh-CN': terms.name, en: terms.name };
      const about = { kind: changeKind, objectType: 'webhookSubscription', objectId, name, basis: null };
      return this.changes.proposeOrAct({ ...about, proposed: { ...terms }, opens, by }, (evidence) =>
        this.insert(objectId, terms, { secretFor: by, evidence }),
      );
    });
  }

  /** Nothing more goes there, what waits included. @throws DomainError `request.webhook_not_found` */
  async end(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const ended = await this.db.execute(
        'UPDATE rights.webhook_subscriptions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL',
        [id, this.clock.now()],
      );
      if (ended === 0) throw refusal('request.webhook_not_found');
      await this.webhooks.withdrawFor(id);
      await this.audit.record({ act: 'webhook.ended', object: { type: 'webhookSubscription', id } });
    });
  }

  /** The secret, shown once to whoever proposed it. @throws DomainError `request.webhook_not_found` */
  async showSecret(id: string, operatorId: string): Promise<string> {
    return this.db.transaction(async () => {
      const shown = await this.db.execute(
        'UPDATE rights.webhook_subscriptions SET secret_for = NULL WHERE id = $1 AND secret_for = $2 AND ended_at IS NULL',
        [id, operatorId],
      );
      const address = shown > 0 ? await this.findAddress(id) : null;
      if (!address) throw refusal('request.webhook_not_found');
      await this.audit.record({ act: 'webhook.secretShown', object: { type: 'webhookSubscription', id } });
      return address.secret;
    });
  }

  private async insert(
    id: string,
    { name, url, events }: WebhookTerms,
    { secretFor, evidence }: { readonly secretFor: string; readonly evidence: GrantEvidence },
  ): Promise<WebhookSubscription> {
    const createdAt = this.clock.now();
    const secret = await this.vault.sealSecret(secretName(id), newWebhookSecret());
    await this.db.execute(
      `INSERT INTO rights.webhook_subscriptions (id, name, url, events, secret, secret_for, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, name, url, events, secret, secretFor, createdAt],
    );
    const details = { ...evidence, origin: new URL(url).origin, events: events.join(' ') };
    await this.audit.record({ act: 'webhook.subscribed', object: { type: 'webhookSubscription', id }, details });
    return { id, name, url, events, secretFor, createdAt };
  }

  private requireAddress(url: string): void {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    const protocols = this.config.isProduction ? ['https:'] : ['https:', 'http:'];
    if (!parsed || !protocols.includes(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
      throw refusal('request.bad_webhook_address');
  }
}

function secretName(id: string): string {
  return `rights.webhook_subscriptions/${id}`;
}
