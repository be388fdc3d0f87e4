import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '@abide/kernel';
import nodemailer, { type Transporter } from 'nodemailer';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { everyNetwork } from '../webhooks/address-guard.js';
import { WebhookSender } from '../webhooks/webhook-sender.js';

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/** A message to one address. A code sent is the only run of six digits in its text. */
export interface Message {
  readonly channel: Channel;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  /** Further header fields of an e-mail, by name; other channels have none. */
  readonly headers?: Readonly<Record<string, string>>;
}

const smtpTimeoutMilliseconds = 30_000;

/**
 * Hands messages to the outside: e-mail by SMTP, SMS by signed webhook. Outside production a channel that is not
 * configured delivers to the development mailbox. Call it outside transactions.
 */
@Injectable()
export class Delivery {
  private readonly smtp: Transporter | undefined;

  constructor(
    private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly webhooks: WebhookSender,
  ) {
    const url = config.get('SMTP_URL');
    if (url)
      this.smtp = nodemailer.createTransport(smtpAddress(url, { mustBeTls: config.isProduction }), {
        from: config.get('SMTP_FROM'),
      });
  }

  /** Whether messages on `channel` reach anybody (or, in development, the mailbox). */
  isConfigured(channel: Channel): boolean {
    return !this.config.isProduction || this.reachesOutside(channel);
  }

  /** @throws DomainError `delivery.not_configured`, or the transport's error when the hand-over fails. */
  async send(message: Message): Promise<void> {
    if (!this.isConfigured(message.channel))
      throw new DomainError('conflict', 'delivery.not_configured', { extra: { channel: message.channel } });
    if (!this.reachesOutside(message.channel)) return this.keepInMailbox(message);
    const { to, subject, text, headers } = message;
    if (message.channel === 'email') await this.smtp?.sendMail({ to, subject, text, headers });
    else await this.postToSmsWebhook(message);
  }

  private reachesOutside(channel: Channel): boolean {
    return channel === 'email' ? this.smtp !== undefined : this.config.get('SMS_WEBHOOK_URL') !== undefined;
  }

  private async keepInMailbox(message: Message): Promise<void> {
    await this.db.query(
      'INSERT INTO platform.development_messages (id, channel, recipient, subject, text, sent_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId(), message.channel, message.to, message.subject ?? null, message.text, this.clock.now()],
    );
  }

  /** Whoever runs the server has named the address, which may be in a network of their own. */
  private async postToSmsWebhook({ to, text }: Message): Promise<void> {
    const url = this.config.get('SMS_WEBHOOK_URL') ?? '';
    const secret = this.config.get('SMS_WEBHOOK_SECRET') ?? '';
    const allowed = [{ origin: new URL(url).origin, networks: everyNetwork }];
    const post = { url, secrets: [secret], body: { to, text }, allowed };
    await this.webhooks.post(newId(), post, (body) => ({ 'x-abide-signature': earlierSignature(secret, body) }));
  }
}

/** What receivers of SMS checked before the signature of Standard Webhooks came beside it: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
function earlierSignature(secret: string, body: string): string {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** nodemailer takes its options from the URL's query and would wait ten minutes; what the query says already stays. */
function smtpAddress(smtpUrl: string, { mustBeTls }: { mustBeTls: boolean }): string {
  const url = new URL(smtpUrl);
  if (mustBeTls) url.searchParams.set('requireTLS', 'true');
  for (const name of ['dnsTimeout', 'connectionTimeout', 'greetingTimeout', 'socketTimeout']) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(smtpTimeoutMilliseconds));
  }
  return url.toString();
}
