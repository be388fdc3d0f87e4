import { readFileSync } from 'node:fs';
import { locales } from '@abide/kernel';
import { parsePolicy, recipientKinds, type PolicyDocument } from '@abide/rulebook';
import { parse } from 'yaml';
import { z } from 'zod';

const policyFiles = ['general-privacy.v1.yaml', 'general-privacy.v2.yaml', 'ticketing-privacy.yaml', 'user-agreement.yaml'] as const;
const promises = [
  'I1', 'I2', 'I3', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'U1', 'U2', 'U3', 'U4', 'U5', 'A1', 'A2', 'S1', 'S2', 'S3', 'S4', 'S5',
  'S6', 'S7', 'P1', 'P2', 'P3', 'X1', 'X2', 'E1', 'M1', 'Z1', 'Z2', 'Z3', 'V1', 'V2', 'V3',
];

function read(name: string): string {
  return readFileSync(new URL(`../../demo/${name}`, import.meta.url), 'utf8');
}

function policy(name: (typeof policyFiles)[number]): PolicyDocument {
  const { document, problems } = parsePolicy(read(name));
  if (!document) throw new Error(`${name}: ${JSON.stringify(problems)}`);
  return document;
}
