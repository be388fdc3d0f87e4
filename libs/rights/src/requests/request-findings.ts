import { Injectable } from '@nestjs/common';
import type { Finding } from '../findings/finding.rules.js';
import { Findings } from '../findings/findings.service.js';
import { OutsideFindings } from './outside-findings.js';
import { isAboutHeldData } from '../request-kinds.js';
import type { SubjectRequest } from './request.entity.js';

/** What is held of what a request is about, inside and outside. */
@Injectable()
export class RequestFindings {
  constructor(
    private readonly findings: Findings,
    private readonly outside: OutsideFindings,
  ) {}

  /** Asks holders outside what they have, outside of transactions: `of` tells what they said. `once`: only those who never said anything. */
  async look(request: SubjectRequest, how: 'again' | 'once'): Promise<void> {
    await (how === 'again' ? this.outside.look(request) : this.outside.lookOnce(request));
  }

  /** By holder and category, in a fixed order; holders outside as they said when they were asked last. Nothing where a request is not about what is held. */
  async of(request: SubjectRequest): Promise<Finding[]> {
    if (!isAboutHeldData(request.type)) return [];
    return this.findings.of(request, await this.outside.known(request));
  }
}
