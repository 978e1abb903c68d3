import type {
  CreateClusterCommandInput,
  CreateServiceCommandInput as CreateEcsServiceCommandInput,
  DeleteClusterCommandInput,
  DeleteServiceCommandInput as DeleteEcsServiceCommandInput,
  DeleteTaskDefinitionsCommandInput,
  DeregisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  StopServiceDeploymentCommandInput,
  StopTaskCommandInput,
  UpdateServiceCommandInput as UpdateEcsServiceCommandInput,
} from '@aws-sdk/client-ecs'
import type {
  CreateServiceCommandInput as CreateDiscoveryServiceCommandInput,
  CreateHttpNamespaceCommandInput,
  CreatePrivateDnsNamespaceCommandInput,
  CreatePublicDnsNamespaceCommandInput,
  DeleteServiceCommandInput as DeleteDiscoveryServiceCommandInput,
  DeleteNamespaceCommandInput,
  DeregisterInstanceCommandInput,
} from '@aws-sdk/client-servicediscovery'

/**
 * Every AWS call that a plan may make, by its IAM action. What is not here cannot be changed by the console. Idempotency tokens
 * (`clientToken`, `CreatorRequestId`) are not part of a plan: the run gives them, one per intent.
 */
export type CommandInputs = {
  readonly 'ecs:CreateCluster': CreateClusterCommandInput
  readonly 'ecs:DeleteCluster': DeleteClusterCommandInput
  readonly 'ecs:RegisterTaskDefinition': RegisterTaskDefinitionCommandInput
  readonly 'ecs:DeregisterTaskDefinition': DeregisterTaskDefinitionCommandInput
  readonly 'ecs:DeleteTaskDefinitions': DeleteTaskDefinitionsCommandInput
  readonly 'ecs:CreateService': CreateEcsServiceCommandInput
  readonly 'ecs:UpdateService': UpdateEcsServiceCommandInput
  readonly 'ecs:DeleteService': DeleteEcsServiceCommandInput
  readonly 'ecs:StopServiceDeployment': StopServiceDeploymentCommandInput
  readonly 'ecs:RunTask': RunTaskCommandInput
  readonly 'ecs:StopTask': StopTaskCommandInput
  readonly 'servicediscovery:CreatePrivateDnsNamespace': CreatePrivateDnsNamespaceCommandInput
  readonly 'servicediscovery:CreatePublicDnsNamespace': CreatePublicDnsNamespaceCommandInput
  readonly 'servicediscovery:CreateHttpNamespace': CreateHttpNamespaceCommandInput
  readonly 'servicediscovery:DeleteNamespace': DeleteNamespaceCommandInput
  readonly 'servicediscovery:CreateService': CreateDiscoveryServiceCommandInput
  readonly 'servicediscovery:DeleteService': DeleteDiscoveryServiceCommandInput
  readonly 'servicediscovery:DeregisterInstance': DeregisterInstanceCommandInput
}

export type Command = keyof CommandInputs

/** What a step gives to later ones, whatever AWS calls it in that answer. */
export type OutputName =
  | 'clusterArn'
  | 'taskDefinitionArn'
  | 'serviceArn'
  | 'taskArn'
  | 'namespaceId'
  | 'namespaceArn'
  | 'discoveryServiceId'
  | 'discoveryServiceArn'

/** In place of a string in an input: what an earlier step (or, in an undo, the step itself) gave. */
export type Ref = { readonly $ref: { readonly step: string; readonly output: OutputName } }

/** An input in which any string may be a reference. */
export type WithRefs<T> = T extends string
  ? T | Ref
  : T extends readonly (infer Item)[]
    ? readonly WithRefs<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: WithRefs<T[Key]> }
      : T

/** One AWS call with its input, references unresolved. */
export type PlannedCall = {
  [Name in Command]: { readonly command: Name; readonly input: WithRefs<CommandInputs[Name]> }
}[Command]

export function isRef(value: unknown): value is Ref {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false
  if (!('$ref' in value)) return false
  const inner = value.$ref
  return (
    typeof inner === 'object' &&
    inner !== null &&
    'step' in inner &&
    typeof inner.step === 'string' &&
    'output' in inner &&
    typeof inner.output === 'string'
  )
}
