import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { accessKey, type Access } from './access.js';

export interface DeclaredRoute {
  readonly controller: string;
  readonly handler: string;
  readonly method: string;
  readonly access: Access;
}

/**
 * Lists every route with the access it declares; part of the boot.
 * @throws Error naming each route that declares none.
 */
export function requireDeclaredAccess(app: INestApplicationContext): DeclaredRoute[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const undeclared: string[] = [];
  const routes: DeclaredRoute[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!instance || !metatype || Reflect.getMetadata(PATH_METADATA, metatype) === undefined) continue;
    const prototype = Object.getPrototypeOf(instance) as object;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = (prototype as Record<string, unknown>)[name];
      if (typeof handler !== 'function') continue;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) continue;
      const access = reflector.getAllAndOverride<Access | undefined>(accessKey, [handler, metatype]);
      if (access) routes.push({ controller: metatype.name, handler: name, method: RequestMethod[method], access });
      else undeclared.push(`${metatype.name}.${name}`);
    }
  }
  if (undeclared.length > 0)
    throw new Error(`These routes declare no access and stop the boot: ${undeclared.join(', ')}`);
  return routes;
}
