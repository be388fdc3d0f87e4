import { Injectable } from '@nestjs/common';
import type { AllowedOrigin } from './address-guard.js';
import { OutgoingRequests, type OutgoingAnswer } from './outgoing-requests.js';
import { signWebhook } from './webhook-signature.js';

/** What is posted, to whom, and what it is signed with. */
export interface WebhookPost {
  readonly url: string;
  /** While a secret is being replaced, the new and the old one. */
  readonly secrets: readonly string[];
  readonly body: object;
  /** Origins beyond the public that people have allowed. */
  readonly allowed?: readonly AllowedOrigin[];
}

/** Posts one signed webhook, once. Call it outside transactions. */
@Injectable()
export class WebhookSender {
  constructor(private readonly requests: OutgoingRequests) {}

  /**
   * @param id the same in every attempt to deliver the same thing
   * @param furtherHeaders of the exact body, for receivers that check another signature
   * @throws OutgoingFailure unless the receiver takes it with a 2xx
   */
  async post(
    id: string,
    { url, secrets, body, allowed }: WebhookPost,
    furtherHeaders: (body: string) => Readonly<Record<string, string>> = () => ({}),
  ): Promise<OutgoingAnswer> {
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      ...furtherHeaders(text),
      ...signWebhook({ id, body: text, secrets }),
    };
    return this.requests.post({ url, headers, body: text, allowed });
  }
}
