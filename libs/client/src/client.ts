import createFetchClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, operations, paths } from './schema.gen.js';

export type { components, operations, paths };
/** The shapes on the wire by their name in the OpenAPI document. */
export type Schemas = components['schemas'];
export type AbideClient = Client<paths>;

/** A typed client of the API; `baseUrl` is where the product is reached, for example `https://privacy.example`. */
export function createClient(options: ClientOptions): AbideClient {
  return createFetchClient<paths>(options);
}
