import { makeArn } from '../arn'
import type { Scope } from '../scope'

/** ARNs in the long format (ECS developer guide, "Amazon Resource Names (ARNs) and IDs"). */
export const makeClusterArn = (scope: Scope, cluster: string): string =>
  makeArn('ecs', scope, `cluster/${cluster}`)

export const makeServiceArn = (scope: Scope, cluster: string, service: string): string =>
  makeArn('ecs', scope, `service/${cluster}/${service}`)

export const makeTaskArn = (scope: Scope, cluster: string, taskId: string): string =>
  makeArn('ecs', scope, `task/${cluster}/${taskId}`)

export const makeContainerArn = (scope: Scope, cluster: string, taskId: string, uuid: string): string =>
  makeArn('ecs', scope, `container/${cluster}/${taskId}/${uuid}`)

export const makeTaskDefinitionArn = (scope: Scope, family: string, revision: number): string =>
  makeArn('ecs', scope, `task-definition/${family}:${revision}`)

export const makeServiceRevisionArn = (
  scope: Scope,
  cluster: string,
  service: string,
  digits: string,
): string => makeArn('ecs', scope, `service-revision/${cluster}/${service}/${digits}`)

export const makeServiceDeploymentArn = (
  scope: Scope,
  cluster: string,
  service: string,
  id: string,
): string => makeArn('ecs', scope, `service-deployment/${cluster}/${service}/${id}`)

export const makeCapacityProviderArn = (scope: Scope, name: string): string =>
  makeArn('ecs', scope, `capacity-provider/${name}`)

/** Who registered something when nobody can be told apart: the account itself. */
export const makeRootArn = (scope: Scope): string => `arn:aws:iam::${scope.accountId}:root`
