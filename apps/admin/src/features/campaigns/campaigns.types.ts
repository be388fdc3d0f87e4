import type { Schemas } from '@abide/client';

export type Campaign = Schemas['CampaignResponse'];
export type OutreachRun = Schemas['OutreachResponse'];
export type NewOutreach = Schemas['SendOutreach'];
