import { anEmail, aRegistration, codeTo, confirm, TestClientApp } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestAnswer } from '@abide/platform/testing';
import { Consents } from '../events/consents.service.js';
import type { ModelHouse } from './model-house.js';
import { signalSince, type NaiveConsent, type NaivePerson } from './naive-gate.js';

/** What a consent says, apart from when. */
export interface ModelWish {
  readonly isGrant: boolean;
  readonly purpose: string;
  readonly categories: readonly string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
}

export type PersonKind = 'grown' | 'child' | 'unguarded';

const tokenMilliseconds = 4 * 60_000;
const oldestGrantMilliseconds = 7 * 86_400_000;
const guardianId = '018f0000-0000-7000-8000-00000000009a';

/** A person of the model test, who remembers everything that they did, as the reference reads it. */
export class ModelPerson {
  readonly remembered: NaivePerson;
  private tokenAt = -Infinity;

  private constructor(
    private readonly house: ModelHouse,
    readonly kind: PersonKind,
    private readonly app: TestClientApp,
    birthDate: string | null,
  ) {
    const at = house.now();
    const acceptances = house.inForce().map(({ policy, number }) => ({ policy, number, isExplicit: true, at }));
    this.remembered = { birthDate, acceptances, consents: [], restrictions: [], positioning: [], privacyControl: [], guardian: kind === 'child' ? [{ isOn: true, at }] : [] };
  }

  /** Of `unguarded`, nobody has confirmed to be the guardian yet. */
  static async register(house: ModelHouse, kind: PersonKind, birthDate: string | null): Promise<ModelPerson> {
    const guardian = anEmail();
    const body = aRegistration({
      acceptedRevisionIds: house.inForce().map(({ id }) => id), ...(birthDate === null ? {} : { birthDate }), ...(kind === 'grown' ? {} : { guardian: { name: '林大禾', identifier: guardian } }),
    });
    const { body: started } = await house.test.request({ method: 'POST', path: 'subjects', body });
    const { body: confirmed } = await confirm(house.test, started.verification.id, await codeTo(house.test, body.identifier.value));
    if (kind === 'child') await confirm(house.test, confirmed.guardianVerification.id, await codeTo(house.test, guardian.value));
    return new ModelPerson(house, kind, new TestClientApp(house.test, confirmed.subjectId, body.identifier), birthDate);
  }

  get id(): string {
    return this.app.subjectId;
  }

  /** Records a consent, by the guardian for a child; remembers it unless it was refused or said nothing new. */
  async say(wish: ModelWish, when: { occurredAt: number | null; isNamed: boolean }): Promise<void> {
    const named = when.isNamed ? this.house.inForce().find(({ service }) => service === null) : undefined;
    const before = this.house.now();
    const said = await this.send(wish, { occurredAt: when.occurredAt, revisionId: named?.id });
    if (said.refused !== null) return this.expectRefusal(said.refused, wish, when.occurredAt);
    const consent = { ...wish, id: said.id, occurredAt: said.at, recordedAt: when.occurredAt === null ? said.at : before, shown: named ? { policy: named.policy, number: named.number } : null };
    if (!said.isRepeated) this.remembered.consents.push(consent);
    else if (!this.isSaidAlready(consent, when.occurredAt)) this.remembered.consents.push({ ...consent, occurredAt: before, recordedAt: before });
  }

  async turnPositioning(isOn: boolean): Promise<void> {
    const { body } = await this.request('PUT', 'me/positioning', { on: isOn });
    const at = Date.parse(body.changedAt);
    if (this.remembered.positioning.at(-1)?.at !== at) this.remembered.positioning.push({ isOn, at });
  }

  async signal(): Promise<void> {
    const at = this.house.now();
    await this.request('GET', 'me/consents', undefined, { 'sec-gpc': '1' });
    this.remembered.privacyControl.push({ act: 'seen', at });
  }

  async setPrivacyControl(isOn: boolean): Promise<void> {
    const at = this.house.now();
    await this.request('PUT', 'me/preferences', { globalPrivacyControl: isOn });
    this.remembered.privacyControl.push({ act: isOn ? 'set' : 'cleared', at });
  }

  async restrict(isOn: boolean): Promise<void> {
    await this.house.test.get(Database).query('UPDATE identity.subjects SET is_restricted = $2 WHERE subject_id = $1', [this.id, isOn]);
    this.remembered.restrictions.push({ isOn, at: this.house.now() });
  }

  /** Uses the service, which is agreement by continued use wherever that is enough. */
  async use(): Promise<void> {
    await this.request('GET', 'me');
  }

  async accept(): Promise<void> {
    for (const { id, policy, number } of this.house.inForce()) {
      const at = this.house.now();
      const { status, text } = await this.request('POST', 'me/acceptances', { revisionId: id });
      if (status !== 201) throw new Error(`The acceptance was refused: ${text}`);
      this.remembered.acceptances.push({ policy, number, isExplicit: true, at });
    }
  }

  private async send(wish: ModelWish, more: { occurredAt: number | null; revisionId: string | undefined }) {
    const { purpose, isGrant, categories, service, recipient, region } = wish;
    const body = {
      state: isGrant ? ('granted' as const) : ('withdrawn' as const),
      ...(categories ? { categories } : {}), ...(service ? { service } : {}), ...(recipient ? { recipientId: recipient } : {}), ...(region ? { region } : {}),
      ...(more.revisionId ? { revisionId: more.revisionId } : {}), ...(more.occurredAt === null ? {} : { occurredAt: new Date(more.occurredAt).toISOString() }),
    };
    if (this.kind === 'child') return this.sendByGuardian({ ...body, purpose });
    const answer = await this.request('PUT', `me/consents/${purpose}`, body);
    if (answer.status !== 200) return { id: '', at: 0, isRepeated: false, refused: String(answer.body?.code ?? answer.text) };
    return { id: answer.body.consentEventId as string, at: Date.parse(answer.body.at), isRepeated: answer.body.duplicate === true, refused: null };
  }

  private async sendByGuardian(wish: Parameters<Consents['record']>[1]) {
    try {
      const { consentEventId, at, isRepeated } = await this.house.test.get(Consents).record(this.id, wish, { kind: 'guardian', id: guardianId });
      return { id: consentEventId, at: at.getTime(), isRepeated, refused: null };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      return { id: '', at: 0, isRepeated: false, refused: String(error.code) };
    }
  }

  private expectRefusal(code: string, { isGrant }: ModelWish, occurredAt: number | null): void {
    const isOld = occurredAt !== null && this.house.now() - occurredAt > oldestGrantMilliseconds - 60_000;
    const expected = [
      ...(isGrant ? ['consent.no_clause'] : []), ...(isGrant && isOld ? ['consent.too_old'] : []), ...(isGrant && this.remembered.restrictions.at(-1)?.isOn ? ['subject.restricted'] : []),
    ];
    if (!expected.includes(code)) throw new Error(`The consent was refused with ${code}`);
  }

  /** Whether saying it again says nothing: the same was said, and since then nothing that it would undo. */
  private isSaidAlready(again: NaiveConsent, occurredAt: number | null): boolean {
    const { consents, privacyControl } = this.remembered;
    const standing = consents.filter(({ id }) => id === again.id).at(-1);
    if (!standing) throw new Error('What is said to stand was never said');
    if (occurredAt !== null) return standing.occurredAt === occurredAt;
    const isUndone = consents.some(({ isGrant, purpose, occurredAt: at }) => purpose === again.purpose && isGrant !== again.isGrant && at >= standing.occurredAt);
    const isOverruled = again.isGrant && (signalSince(privacyControl) ?? 0) > standing.occurredAt;
    return !isUndone && !isOverruled;
  }

  private async request(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}): Promise<TestAnswer> {
    if (this.house.now() - this.tokenAt > tokenMilliseconds) {
      const { status, text } = await this.app.signIn();
      if (status !== 201) throw new Error(`The sign-in was refused: ${text}`);
      this.tokenAt = this.house.now();
    }
    return this.house.test.request({ method, path, body, token: this.app.accessToken, headers });
  }
}
