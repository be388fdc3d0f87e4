import { Injectable } from '@nestjs/common';
import { Mandates, type StartedVerification } from '@abide/identity';
import { Database, type Position, type SubjectPrincipal } from '@abide/platform';
import { Packages, type Fetched } from '../packages/packages.service.js';
import { isIrrevocable } from '../request-kinds.js';
import { RequestQueries, type QueuedRequest } from '../requests/request.queries.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Requests, type OpenedRequest, type WantedRequest } from '../requests/requests.service.js';
import { refusal } from '../rights.errors.js';
import { Representatives } from '../requests/representatives.service.js';

/** Who acts for which enterprise. */
export interface Acting {
  readonly personId: string;
  readonly enterpriseId: string;
}

/** What whoever acts for an enterprise does with requests about its data; each act asks whether they still may. */
@Injectable()
export class EnterpriseRequests {
  constructor(
    private readonly db: Database,
    private readonly mandates: Mandates,
    private readonly representatives: Representatives,
    private readonly requests: Requests,
    private readonly queries: RequestQueries,
    private readonly records: RequestRecords,
    private readonly packages: Packages,
  ) {}

  /**
   * Where a code is needed it goes to the address that the person has confirmed. What takes something away for good needs their password besides, or evidence
   * that a colleague looks at.
   * @throws DomainError `mandate.*`, `request.second_proof_needed`, as `Requests.open`
   */
  async open({ personId, enterpriseId }: Acting, wanted: Omit<WantedRequest, 'asker'>): Promise<OpenedRequest> {
    const about = { subjectId: enterpriseId, type: wanted.type };
    const { role } = await this.representatives.require(personId, about);
    const hasEvidence = (wanted.attachmentIds ?? []).length > 0;
    if (isIrrevocable(wanted.type) && wanted.password === undefined && !hasEvidence)
      throw refusal('request.second_proof_needed');
    return this.requests.open(enterpriseId, { ...wanted, asker: { personId, role } });
  }

  /** Those that they may see, the newest first. @throws DomainError `mandate.not_found` */
  async list({ personId, enterpriseId }: Acting, limit: number, after: Position | null): Promise<QueuedRequest[]> {
    await this.mandates.requireAny(personId, enterpriseId);
    const types = await this.representatives.typesOf(personId, enterpriseId);
    return this.queries.ownOf(enterpriseId, limit, after, types);
  }

  /** @throws DomainError `mandate.*`, `request.not_found` */
  async get({ personId, enterpriseId }: Acting, id: string): Promise<SubjectRequest> {
    await this.mandates.requireAny(personId, enterpriseId);
    const request = await this.records.get(id, enterpriseId);
    await this.representatives.require(personId, request);
    return request;
  }

  /** What a person does with a request of their own, done for the enterprise. @throws DomainError as `get`, as the act */
  async act(
    acting: Acting,
    id: string,
    act: (enterpriseId: string) => Promise<SubjectRequest>,
  ): Promise<SubjectRequest> {
    return this.db.transaction(async () => {
      await this.get(acting, id);
      return act(acting.enterpriseId);
    });
  }

  /** @throws DomainError as `get`, `Requests.confirm` */
  async confirm(acting: Acting, id: string, code: string): Promise<SubjectRequest> {
    await this.get(acting, id);
    return this.requests.confirm(acting.enterpriseId, id, code);
  }

  /** @throws DomainError as `get`, `Requests.sendCode` */
  async sendCode(acting: Acting, id: string): Promise<StartedVerification> {
    await this.get(acting, id);
    return this.requests.sendCode(acting.enterpriseId, id, acting.personId);
  }

  /** @throws DomainError as `get`, `Packages.fetchAs` */
  async fetch(
    acting: Acting,
    id: string,
    by: SubjectPrincipal,
  ): Promise<{ readonly request: SubjectRequest; readonly file: Fetched }> {
    const request = await this.get(acting, id);
    return { request, file: await this.packages.fetchAs(by, request) };
  }
}
