import { Injectable } from '@nestjs/common';
import { Guardianships, type StartedVerification } from '@abide/identity';
import { Database, type Position, type SubjectPrincipal } from '@abide/platform';
import { Packages, type Fetched } from '../packages/packages.service.js';
import { RequestQueries, type QueuedRequest } from '../requests/request.queries.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests, type OpenedRequest, type WantedRequest } from '../requests/requests.service.js';
import { refusal } from '../rights.errors.js';

/** Which guardian acts for which ward. */
export interface Guarding {
  readonly guardianId: string;
  readonly wardId: string;
}

/** What a guardian, known to be an adult, does with the requests that they made for their ward; each act asks whether they still are one. */
@Injectable()
export class WardRequests {
  constructor(
    private readonly db: Database,
    private readonly guardianships: Guardianships,
    private readonly requests: Requests,
    private readonly queries: RequestQueries,
    private readonly records: RequestRecords,
    private readonly packages: Packages,
  ) {}

  /** @throws DomainError as `Guardianships.requireAdultGuardian`, `Requests.open` */
  async open({ guardianId, wardId }: Guarding, wanted: Omit<WantedRequest, 'asker'>): Promise<OpenedRequest> {
    await this.guardianships.requireAdultGuardian(guardianId, wardId);
    return this.requests.open(wardId, { ...wanted, asker: { personId: guardianId, role: 'guardian' } });
  }

  /** What they asked for the ward, newest first. @throws DomainError as `Guardianships.requireAdultGuardian` */
  async list({ guardianId, wardId }: Guarding, limit: number, after: Position | null): Promise<QueuedRequest[]> {
    await this.guardianships.requireAdultGuardian(guardianId, wardId);
    return this.queries.ofGuardian({ guardianId, wardId }, limit, after);
  }

  /** @throws DomainError as `Guardianships.requireAdultGuardian`, `request.not_found`, also where somebody else asked */
  async get({ guardianId, wardId }: Guarding, id: string): Promise<SubjectRequest> {
    await this.guardianships.requireAdultGuardian(guardianId, wardId);
    const request = await this.records.get(id, wardId);
    if (request.askedAs !== 'guardian' || request.askedBy !== guardianId) throw refusal('request.not_found');
    return request;
  }

  /** What somebody does with a request of their own, done for the ward. @throws DomainError as `get`, as the act */
  async act(guarding: Guarding, id: string, act: (wardId: string) => Promise<SubjectRequest>): Promise<SubjectRequest> {
    await this.get(guarding, id);
    return this.db.transaction(async () => {
      await this.records.lock(id, guarding.wardId);
      await this.guardianships.lockWard(guarding.wardId);
      await this.get(guarding, id);
      return act(guarding.wardId);
    });
  }

  /** @throws DomainError as `get`, `Requests.confirm` */
  async confirm(guarding: Guarding, id: string, code: string): Promise<SubjectRequest> {
    await this.get(guarding, id);
    return this.requests.confirm(guarding.wardId, id, code);
  }

  /** To the guardian. @throws DomainError as `get`, `Requests.sendCode` */
  async sendCode(guarding: Guarding, id: string): Promise<StartedVerification> {
    await this.get(guarding, id);
    return this.requests.sendCode(guarding.wardId, id, guarding.guardianId);
  }

  /** @throws DomainError as `get`, `Packages.fetchAs` */
  async fetch(
    guarding: Guarding,
    id: string,
    by: SubjectPrincipal,
  ): Promise<{ readonly request: SubjectRequest; readonly file: Fetched }> {
    const request = await this.get(guarding, id);
    return { request, file: await this.packages.fetchAs(by, request) };
  }
}
