import type {
  CapacityProvider,
  DescribeCapacityProvidersRequest,
  DescribeCapacityProvidersResponse,
  Failure,
} from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import { makeCapacityProviderArn } from '../arns'
import { requireCluster } from '../clusters/find-cluster'
import { invalidParameter } from '../errors'
import { pageOf } from '../paging'
import { createCapacityProvider, deleteCapacityProvider, updateCapacityProvider } from './change-providers'
import { capacityProviderName, fargateProviders } from './find'
import { fargateView, providerView } from './view'

const maxDescribed = 100
const maxPageSize = 10

/** All of them, Fargate's own first, or those that are named; 10 a page at most. */
const describeCapacityProviders: Operation<
  DescribeCapacityProvidersRequest,
  DescribeCapacityProvidersResponse
> = (context, input) => {
  const { state, scope } = context
  const asked = input.capacityProviders ?? []
  if (asked.length > maxDescribed)
    throw invalidParameter(`capacityProviders can not have more than ${maxDescribed} entries.`)
  const cluster = input.cluster === undefined ? undefined : requireCluster(context, input.cluster)
  const found = new Map<string, CapacityProvider>()
  const failures: Failure[] = []
  const add = (name: string): boolean => {
    if (cluster && !cluster.capacityProviders.includes(name)) return false
    const fargate = fargateProviders.find((one) => one === name)
    const record = state.ecs.capacityProviders.get(name)
    // Fargate's come first, as capital letters do.
    if (fargate) found.set(`0 ${name}`, fargateView(context, fargate))
    else if (record) found.set(`1 ${name}`, providerView(context, record, input.include))
    return fargate !== undefined || record !== undefined
  }
  for (const nameOrArn of asked) {
    const name = capacityProviderName(context, nameOrArn)
    if (name === undefined || !add(name))
      failures.push({
        arn: nameOrArn.startsWith('arn:') ? nameOrArn : makeCapacityProviderArn(scope, nameOrArn),
        reason: 'MISSING',
      })
  }
  if (asked.length === 0)
    for (const name of [...fargateProviders, ...state.ecs.capacityProviders.keys()]) add(name)
  if ((input.maxResults ?? 1) > maxPageSize)
    throw invalidParameter(`maxResults must be a whole number between 1 and ${maxPageSize}.`)
  // Named ones come in one answer; only a list has pages.
  const page =
    asked.length > 0
      ? { keys: [...found.keys()] }
      : pageOf('DescribeCapacityProviders', [...found.keys()], input, { pageSize: maxPageSize })
  const { keys, ...rest } = page
  return { capacityProviders: keys.flatMap((key) => found.get(key) ?? []), failures, ...rest }
}

/** The operations on capacity providers themselves; clusters are associated with them by PutClusterCapacityProviders. */
export const capacityProviderOperations = {
  CreateCapacityProvider: createCapacityProvider,
  DescribeCapacityProviders: describeCapacityProviders,
  UpdateCapacityProvider: updateCapacityProvider,
  DeleteCapacityProvider: deleteCapacityProvider,
}
