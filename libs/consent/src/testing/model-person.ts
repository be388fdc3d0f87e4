import {
  anEmail,
  aRegistration,
  aSubject,
  bornYearsAgo,
  codeTo,
  confirm,
  subjectPassword,
  TestClientApp,
} from '@abide/identity/testing';
import { Database } from '@abide/platform';
import type { TestAnswer } from '@abide/platform/testing';
import type { ModelInstallation } from './model-installation.js';
import type { NaiveConsent, NaivePerson } from './naive-facts.js';
import { ageAt, signalSince } from './naive-gate.js';

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

/** A person of the model test, who remembers everything that they did, as the reference reads it. */
export class ModelPerson {
  readonly remembered: NaivePerson;
  private readonly signedInAt = new Map<TestClientApp, number>();

  private constructor(
    private readonly installation: ModelInstallation,
    readonly kind: PersonKind,
    private readonly app: TestClientApp,
    /** The one who registered with the child is an adult, of the further one nobody knows it. */
    private readonly guardians: readonly TestClientApp[],
    birthDate: string | null,
  ) {
    const at = installation.now();
    const acceptances = installation.inForce().map(({ policy, number }) => ({ policy, number, isExplicit: true, at }));
    this.remembered = {
      birthDate,
      acceptances,
      consents: [],
      restrictions: [],
      positioning: [],
      privacyControl: [],
      guardians: [],
    };
  }

  /** Of `unguarded`, nobody has confirmed to be the guardian yet. */
  static async register(
    installation: ModelInstallation,
    kind: PersonKind,
    birthDate: string | null,
  ): Promise<ModelPerson> {
    const acceptedRevisionIds = installation.inForce().map(({ id }) => id);
    const guardian =
      kind === 'child' ? await aSubject(installation.test, { acceptedRevisionIds, birthDate: bornYearsAgo(40) }) : null;
    const named = guardian?.identifier ?? anEmail();
    const body = aRegistration({
      acceptedRevisionIds,
      ...(birthDate === null ? {} : { birthDate }),
      ...(kind === 'grown' ? {} : { guardian: { name: '林大禾', identifier: named } }),
    });
    const { body: started } = await installation.test.request({ method: 'POST', path: 'subjects', body });
    const { body: confirmed } = await confirm(
      installation.test,
      started.verification.id,
      await codeTo(installation.test, body.identifier.value),
    );
    if (guardian)
      await confirm(installation.test, confirmed.guardianVerification.id, await codeTo(installation.test, named.value));
    const further = guardian ? [await aSubject(installation.test, { acceptedRevisionIds })] : [];
    const person = new ModelPerson(
      installation,
      kind,
      new TestClientApp(installation.test, confirmed.subjectId, body.identifier),
      guardian ? [guardian, ...further] : [],
      birthDate,
    );
    if (guardian) await person.takeIn();
    return person;
  }

  /** The first guardian counts from the registration on; the child names the second, who confirms, and the first says yes. */
  private async takeIn(): Promise<void> {
    const { guardians } = this.remembered;
    guardians.push({ adultFrom: this.installation.now(), said: [{ isOn: true, at: this.installation.now() }] });
    const identifier = this.guardians[1]?.identifier;
    const { body } = await this.ask('self', 'POST', 'me/guardianship', { guardian: { identifier } });
    await this.installation.test.request({
      method: 'POST',
      path: `guardianships/${body.guardianshipId}/confirm`,
      body: { code: await codeTo(this.installation.test, identifier?.value ?? '') },
    });
    const { body: answer, text } = await this.ask(0, 'PUT', `${this.ward}/guardianships/${body.guardianshipId}`, {
      answer: 'accepted',
    });
    if (answer.state !== 'confirmed') throw new Error(`There is no second guardian: ${text}`);
    guardians.push({ adultFrom: null, said: [{ isOn: true, at: this.installation.now() }] });
  }

  get id(): string {
    return this.app.subjectId;
  }

  /** Records a consent, by the guardian for a child; remembers it unless it was refused or said nothing new. */
  async say(wish: ModelWish, when: { occurredAt: number | null; isNamed: boolean }): Promise<void> {
    const named = when.isNamed ? this.installation.inForce().find(({ service }) => service === null) : undefined;
    const before = this.installation.now();
    const said = await this.send(wish, { occurredAt: when.occurredAt, revisionId: named?.id });
    if (said.refused !== null) return this.expectRefusal(said.refused, wish, when.occurredAt);
    const consent = {
      ...wish,
      id: said.id,
      occurredAt: said.at,
      recordedAt: when.occurredAt === null ? said.at : before,
      shown: named ? { policy: named.policy, number: named.number } : null,
    };
    if (!said.isRepeated) this.remembered.consents.push(consent);
    else if (!this.isSaidAlready(consent, when.occurredAt))
      this.remembered.consents.push({ ...consent, occurredAt: before, recordedAt: before });
  }

  async turnPositioning(isOn: boolean): Promise<void> {
    const { body } = await this.ask('self', 'PUT', 'me/positioning', { on: isOn });
    const at = Date.parse(body.changedAt);
    if (this.remembered.positioning.at(-1)?.at !== at) this.remembered.positioning.push({ isOn, at });
  }

  async signal(): Promise<void> {
    const at = this.installation.now();
    await this.ask('self', 'GET', 'me/consents', undefined, { 'sec-gpc': '1' });
    this.remembered.privacyControl.push({ act: 'seen', at });
  }

  async setPrivacyControl(isOn: boolean): Promise<void> {
    const at = this.installation.now();
    await this.ask('self', 'PUT', 'me/preferences', { globalPrivacyControl: isOn });
    this.remembered.privacyControl.push({ act: isOn ? 'set' : 'cleared', at });
  }

  async restrict(isOn: boolean): Promise<void> {
    const at = this.installation.now();
    await this.installation.test
      .get(Database)
      .query('UPDATE identity.subjects SET is_restricted = $2, state_changed_at = $3 WHERE subject_id = $1', [
        this.id,
        isOn,
        new Date(at),
      ]);
    this.remembered.restrictions.push({ isOn, at });
  }

  /** A guardian's one consent; nothing once the child has come of age. */
  async letGuardian(isOn: boolean, which: number): Promise<void> {
    if (!this.isInCare) return;
    const { status, text } = await this.ask(which, 'PUT', `${this.ward}/consent`, {
      state: isOn ? 'granted' : 'withdrawn',
    });
    if (status !== 200) throw new Error(`The guardian's consent was refused: ${text}`);
    this.remembered.guardians[which]?.said.push({ isOn, at: this.installation.now() });
  }

  /** The second guardian states a birth date. */
  async proveAge(): Promise<void> {
    const second = this.remembered.guardians[1];
    if (!second || second.adultFrom !== null) return;
    const { status, text } = await this.ask(1, 'PUT', 'me/birth-date', {
      birthDate: bornYearsAgo(40),
      password: subjectPassword,
    });
    if (status !== 200) throw new Error(`The birth date was refused: ${text}`);
    second.adultFrom = this.installation.now();
  }

  /** Uses the service, which is agreement by continued use wherever that is enough. */
  async use(): Promise<void> {
    await this.ask('self', 'GET', 'me');
  }

  async accept(): Promise<void> {
    for (const { id, policy, number } of this.installation.inForce()) {
      const at = this.installation.now();
      const { status, text } = await this.ask('self', 'POST', 'me/acceptances', { revisionId: id });
      if (status !== 201) throw new Error(`The acceptance was refused: ${text}`);
      this.remembered.acceptances.push({ policy, number, isExplicit: true, at });
    }
  }

  private async send(
    { purpose, isGrant, categories, service, recipient, region }: ModelWish,
    more: { occurredAt: number | null; revisionId: string | undefined },
  ) {
    const body = {
      state: isGrant ? 'granted' : 'withdrawn',
      ...(categories ? { categories } : {}),
      ...(service ? { service } : {}),
      ...(recipient ? { recipientId: recipient } : {}),
      ...(region ? { region } : {}),
      ...(more.revisionId ? { revisionId: more.revisionId } : {}),
      ...(more.occurredAt === null ? {} : { occurredAt: new Date(more.occurredAt).toISOString() }),
    };
    const answer = this.isInCare
      ? await this.ask(0, 'PUT', `${this.ward}/consents/${purpose}`, body)
      : await this.ask('self', 'PUT', `me/consents/${purpose}`, body);
    if (answer.status !== 200)
      return { id: '', at: 0, isRepeated: false, refused: String(answer.body?.code ?? answer.text) };
    return {
      id: answer.body.consentEventId as string,
      at: Date.parse(answer.body.at),
      isRepeated: answer.body.duplicate === true,
      refused: null,
    };
  }

  private get isInCare(): boolean {
    const { birthDate } = this.remembered;
    return this.kind === 'child' && birthDate !== null && ageAt(birthDate, this.installation.now()) < 14;
  }

  private get ward(): string {
    return `me/wards/${this.id}`;
  }

  private expectRefusal(code: string, { isGrant }: ModelWish, occurredAt: number | null): void {
    const isOld = occurredAt !== null && this.installation.now() - occurredAt > oldestGrantMilliseconds - 60_000;
    const { birthDate } = this.remembered;
    const wasTooYoung = occurredAt !== null && birthDate !== null && ageAt(birthDate, occurredAt) < 14;
    const expected = [
      ...(isGrant ? ['consent.no_clause'] : []),
      ...(isGrant && isOld ? ['consent.too_old'] : []),
      ...(isGrant && wasTooYoung ? ['consent.guardian_needed'] : []),
      ...(isGrant && this.remembered.restrictions.at(-1)?.isOn ? ['subject.restricted'] : []),
    ];
    if (!expected.includes(code)) throw new Error(`The consent was refused with ${code}`);
  }

  /** Whether saying it again says nothing: the same was said, and since then nothing that it would undo. */
  private isSaidAlready(again: NaiveConsent, occurredAt: number | null): boolean {
    const { consents, privacyControl } = this.remembered;
    const standing = consents.filter(({ id }) => id === again.id).at(-1);
    if (!standing) throw new Error('What is said to stand was never said');
    if (occurredAt !== null) return standing.occurredAt === occurredAt;
    const isUndone = consents.some(
      ({ isGrant, purpose, occurredAt: at }) =>
        purpose === again.purpose && isGrant !== again.isGrant && at >= standing.occurredAt,
    );
    const isOverruled = again.isGrant && (signalSince(privacyControl) ?? 0) > standing.occurredAt;
    return !isUndone && !isOverruled;
  }

  private async ask(
    who: 'self' | number,
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<TestAnswer> {
    const app = who === 'self' ? this.app : this.guardians[who];
    if (!app) throw new Error('There is no guardian');
    if (this.installation.now() - (this.signedInAt.get(app) ?? -Infinity) > tokenMilliseconds) {
      const { status, text } = await app.signIn();
      if (status !== 201) throw new Error(`The sign-in was refused: ${text}`);
      this.signedInAt.set(app, this.installation.now());
    }
    return this.installation.test.request({ method, path, body, token: app.accessToken, headers });
  }
}
