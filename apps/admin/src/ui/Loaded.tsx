import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ErrorState } from './ErrorState.js';

interface Props<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** What was asked for once it is there, a skeleton before, the refusal and a way to retry instead. */
export function Loaded<Data>({ query, children }: Props<Data>) {
  if (query.isPending) return <Skeleton active />;
  if (query.isError && query.data === undefined)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <>{children(query.data as Data)}</>;
}
