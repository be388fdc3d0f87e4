import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Attachments } from '@abide/attachments';
import { OutsideHolders } from '@abide/holders';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Database, HolderRegistry, type HeldRecord, type SubjectPrincipal } from '@abide/platform';
import { SealedFiles } from '@abide/vault';
import { Repository } from 'typeorm';
import { OutsideExports } from '../outside/outside-exports.js';
import { citing } from '../askers/public-request-records.js';
import { RecentProof } from '../requests/recent-proof.service.js';
import { RequestDecision, RequestHolder } from '../requests/request-parts.entities.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { refusal } from '../rights.errors.js';
import { comparable } from './others-data.js';
import { packageContent, type PackedFile } from './package-content.js';
import { PackageGrounds } from './package-grounds.service.js';
import type { RecordNaming } from './package-page.js';
import { PackageRecords, type HeldBy } from './package-records.js';
import { requestsHolder, ToldRequests } from './told-requests.service.js';
import { RequestPackage } from './request-package.entity.js';

/** Tell what somebody did and was told in their own account, which nobody reads for them. */
const ofTheAccountAlone = ['audit', 'notifications'];
const fetchableDays = 14;

/** The file of a package as it is read. */
export interface Fetched {
  readonly bytes: number;
  readonly content: Readable;
}

/** What somebody asked to see, put together for them alone: sealed under their keys, counted, destroyed when its time is over. */
@Injectable()
export class Packages {
  constructor(
    @InjectRepository(RequestPackage) private readonly packageRepository: Repository<RequestPackage>,
    @InjectRepository(RequestDecision) private readonly decisionRepository: Repository<RequestDecision>,
    @InjectRepository(RequestHolder) private readonly holderRepository: Repository<RequestHolder>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly holders: HolderRegistry,
    private readonly outside: OutsideExports,
    private readonly outsideHolders: OutsideHolders,
    private readonly records: RequestRecords,
    private readonly grounds: PackageGrounds,
    private readonly told: ToldRequests,
    private readonly proof: RecentProof,
    private readonly files: SealedFiles,
    private readonly attachments: Attachments,
  ) {}

  /** Writes the file of what was granted, outside of transactions; it goes within a day unless it is kept. Resolves to its id. */
  async write(request: SubjectRequest): Promise<string> {
    const { subjectId, number, locale } = request;
    const granted = await this.decisionRepository.find({
      where: { subjectId, requestId: request.id, round: request.round, outcome: 'grant' },
      order: { category: 'ASC', holder: 'ASC' },
    });
    const supplied = granted.some(({ holder }) => holder === 'attachments') ? await this.supplied(request) : [];
    const files = [...supplied, ...(await this.copies(request))];
    const facts = {
      ...(await this.naming(request, granted)),
      number,
      madeAt: this.clock.now(),
      grounds: await this.grounds.of(subjectId, granted, locale),
      hasFiles: files.length > 0,
    };
    let packedId = '';
    const records = new PackageRecords(() => this.readStored(packedId));
    packedId = await this.store(
      subjectId,
      records.packed(this.held(request, granted), await this.identifying(request), facts),
    );
    try {
      return await this.store(subjectId, packageContent(facts, records, files));
    } finally {
      await this.files.delete(packedId);
    }
  }

  /** Gives a written file to whom it is for, in the transaction that closes their request. */
  async hand({ subjectId, id: requestId }: SubjectRequest, fileId: string): Promise<void> {
    const madeAt = this.clock.now();
    const expiresAt = new Date(madeAt.getTime() + fetchableDays * dayInMilliseconds);
    await this.files.keep(fileId, expiresAt);
    await this.packageRepository.upsert({ subjectId, requestId, fileId, madeAt, expiresAt, downloads: 0 }, [
      'subjectId',
      'requestId',
    ]);
  }

  async find({ subjectId, id: requestId }: SubjectRequest): Promise<RequestPackage | null> {
    return this.packageRepository.findOneBy({ subjectId, requestId });
  }

  /** Nobody fetches it any more. In the open transaction; there need not be one. */
  async destroy(request: SubjectRequest): Promise<void> {
    const found = await this.find(request);
    if (!found) return;
    await this.files.delete(found.fileId);
    await this.packageRepository.delete({ subjectId: found.subjectId, requestId: found.requestId });
  }

  /** Opens it for whoever is signed in, after a recent proof. @throws DomainError as `fetch`, `RecentProof.require` */
  async fetchAs(by: SubjectPrincipal, request: SubjectRequest): Promise<Fetched> {
    await this.requireFetchable(request);
    await this.proof.require(request, by);
    return this.fetch(request);
  }

  /** Opens it for whom it is about, and counts that. @throws DomainError `request.no_package`, `request.unproven`, `request.package_expired` */
  async fetch(request: SubjectRequest): Promise<Fetched> {
    const found = await this.requireFetchable(request);
    const file = await this.files.read(found.fileId);
    await this.db.transaction(async () => {
      await this.packageRepository.increment(
        { subjectId: found.subjectId, requestId: found.requestId },
        'downloads',
        1,
      );
      await this.records.note(request, 'fetched');
    });
    return file;
  }

  private async requireFetchable(request: SubjectRequest): Promise<RequestPackage> {
    const found = await this.find(request);
    if (!found) throw refusal('request.no_package');
    if (request.verifiedAt === null) throw refusal('request.unproven');
    if (found.expiresAt <= this.clock.now()) throw refusal('request.package_expired', { extra: { httpStatus: 410 } });
    return found;
  }

  /** How what is in it is called. */
  private async naming({ locale, clock }: SubjectRequest, granted: readonly RequestDecision[]): Promise<RecordNaming> {
    const names = await this.grounds.names(locale);
    const keepers = await this.outsideHolders.namesOf(granted.map(({ holder }) => holder));
    const { utcOffsetHours } = clock;
    return {
      locale,
      utcOffsetHours,
      nameOf: (code) => names.get(code),
      holderName: (holder) => keepers[holder]?.[locale],
    };
  }

  private async store(subjectId: string, content: AsyncIterable<Uint8Array>): Promise<string> {
    const expiresAt = new Date(this.clock.now().getTime() + dayInMilliseconds);
    return (await this.files.write({ content, subjectId, expiresAt })).id;
  }

  private async *readStored(fileId: string): AsyncGenerator<Uint8Array> {
    yield* (await this.files.read(fileId)).content;
  }

  /** Category by category, so that what is of one kind stands together. */
  private async *held(request: SubjectRequest, granted: readonly RequestDecision[]): AsyncGenerator<HeldBy> {
    const left = (await this.told.isForAnother(request)) ? ofTheAccountAlone : [];
    for (const { holder, category } of granted.filter((one) => !left.includes(one.holder)))
      yield { holder, records: this.recordsOf(request, holder, category) };
  }

  /** What they uploaded for requests of their own. */
  private async supplied(request: SubjectRequest): Promise<PackedFile[]> {
    const own = await this.told.ownIn(request);
    return (await this.attachments.suppliedFor(request.subjectId)).filter(({ citedId }) => own.has(citedId));
  }

  /** What people found where nobody else looks. */
  private async copies({ subjectId, id, round }: SubjectRequest): Promise<PackedFile[]> {
    const rows = await this.holderRepository.findBy({ subjectId, requestId: id, round });
    const copied = new Set(rows.flatMap(({ copyIds }) => copyIds));
    return (await this.attachments.citedBy(citing(id)))
      .filter((file) => copied.has(file.id))
      .map((file) => ({
        name: file.name,
        open: async () => (await this.attachments.read(file.id, citing(id))).content,
      }));
  }

  /** What the person is known by: the addresses fixed with the request, and whatever their account says. */
  private async identifying(request: SubjectRequest): Promise<ReadonlySet<string>> {
    const { identifiers } = await this.records.scope(request);
    const own = identifiers.map(({ value }) => value);
    for await (const { category, values } of this.holders.named('identity').export(request.subjectId))
      if (category !== 'guardian.identity')
        own.push(...Object.values(values).filter((value) => typeof value === 'string'));
    return new Set(own.map(comparable));
  }

  private recordsOf(request: SubjectRequest, holder: string, category: string): AsyncIterable<HeldRecord> {
    const { subjectId, id: requestId } = request;
    if (holder === requestsHolder) return this.told.of(subjectId, request);
    const inside = this.holders.all().find(({ name }) => name === holder);
    return inside
      ? inside.export(subjectId, [category])
      : this.outside.read({ subjectId, requestId, holder }, category);
  }
}
