import { applyDecorators, RequestMethod, SetMetadata, type DynamicModule, type Type } from '@nestjs/common';
import { INTERCEPTORS_METADATA, METHOD_METADATA, MODULE_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.js';

const createsNothingKey = 'abide:creates-nothing';

/** A POST that only asks: repeating it is harmless, so it takes no `Idempotency-Key`. */
export const CreatesNothing = (): MethodDecorator =>
  applyDecorators(SetMetadata(createsNothingKey, true), ApiExtension('x-abide-creates-nothing', true));

type ModuleLike = Type | DynamicModule;

/**
 * Lets every POST of a module and of all it imports honour `Idempotency-Key`, but those that create nothing. Called once
 * before the application is made. A global interceptor would do the same and cost every other request a fifth of its time.
 */
export function keyPosts(root: ModuleLike): void {
  const seen = new Set<unknown>();
  const pending: ModuleLike[] = [root];
  for (let module = pending.pop(); module; module = pending.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    const type = 'module' in module ? module.module : module;
    const dynamic: Partial<DynamicModule> = 'module' in module ? module : {};
    for (const controller of listed<Type>(type, MODULE_METADATA.CONTROLLERS, dynamic.controllers))
      keyPostsOf(controller);
    pending.push(...listed<ModuleLike>(type, MODULE_METADATA.IMPORTS, dynamic.imports));
  }
}

function keyPostsOf(controller: Type): void {
  const prototype = controller.prototype as Record<string, unknown>;
  for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
    const handler = prototype[name];
    if (typeof handler !== 'function' || Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.POST) continue;
    if (Reflect.getMetadata(createsNothingKey, handler) === true) continue;
    const own = (Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[];
    if (!own.includes(IdempotencyInterceptor))
      Reflect.defineMetadata(INTERCEPTORS_METADATA, [IdempotencyInterceptor, ...own], handler);
  }
}

function listed<T>(type: Type, key: string, dynamic: readonly unknown[] | undefined): T[] {
  const declared = (Reflect.getMetadata(key, type) ?? []) as unknown[];
  return [...declared, ...(dynamic ?? [])] as T[];
}
