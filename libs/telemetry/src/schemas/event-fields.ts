/** TEMPORARY until the registry has them */
export interface EventField { readonly type: 'string' | 'integer' | 'number' | 'boolean'; readonly maxLength?: number; readonly enum?: readonly string[]; readonly minimum?: number; readonly maximum?: number; readonly format?: 'date-time'; readonly description?: string }
export interface EventFields { readonly attributes?: Readonly<Record<string, EventField>>; readonly personal?: Readonly<Record<string, EventField>> }
