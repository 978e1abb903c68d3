import type { EcsService } from '../inventory/model'
import { exampleNames } from './examples/names'
import { MOST_CLIENTS } from './inputs/service-connect'
import type { World } from './world'

/** What a change wants to know that no reading of the map tells. */
export type Needs = {
  /** Revisions whose containers and network mode decide. */
  readonly definitionArns: readonly string[]
  /** Cloud Map resources whose tags may say that CloudFormation owns them. */
  readonly tagArns: readonly string[]
  /** Services that are put back as they were when the change is undone. */
  readonly services: readonly { readonly clusterArn: string; readonly arn: string }[]
  /** Revisions that a change may register again with something altered. */
  readonly revisionArns: readonly string[]
}

/** More than any namespace that is deleted by hand has. */
const MOST_TAGS = 60

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined

function definitionOf(input: unknown, { inventory }: World): readonly string[] {
  const arn = field(field(input, 'taskDefinition'), 'arn')
  if (field(field(input, 'taskDefinition'), 'kind') !== 'existing') return []
  return typeof arn === 'string' && !inventory.taskDefinitions[arn] ? [arn] : []
}

function taggedOf(kind: string, input: unknown, { inventory }: World): readonly string[] {
  const inNamespace = (id: unknown) =>
    inventory.discoveryServices.filter((one) => one.namespaceId === id).map((one) => one.arn)
  switch (kind) {
    case 'delete-service':
    case 'migrate-to-service-connect': {
      const service = inventory.services.find((one) => one.arn === field(input, 'serviceArn'))
      return service?.registryArns ?? []
    }
    case 'delete-discovery-service':
      return inventory.discoveryServices
        .filter((one) => one.id === field(input, 'discoveryServiceId'))
        .map((one) => one.arn)
    case 'delete-namespace': {
      const id = field(input, 'namespaceId')
      return [
        ...inventory.namespaces.filter((one) => one.id === id).map((one) => one.arn),
        ...inNamespace(id),
      ]
    }
    case 'remove-example': {
      const name = field(input, 'namespaceName')
      const namespace = inventory.namespaces.find((one) => one.name === name)
      const names = exampleNames(field(input, 'example'))
      return namespace
        ? [
            namespace.arn,
            ...inventory.discoveryServices
              .filter((one) => one.namespaceId === namespace.id && names.includes(one.name))
              .map((one) => one.arn),
          ]
        : []
    }
    default:
      return []
  }
}

/** The revision that a service runs. */
const revisionOf = (input: unknown, { inventory }: World): readonly string[] =>
  inventory.services
    .filter((one) => one.arn === field(input, 'serviceArn'))
    .map(({ taskDefinitionArn }) => taskDefinitionArn)

const alters: readonly string[] = ['service-connect', 'migrate-to-service-connect', 'roll-back']

/** The service that a change alters and those that it moves along. */
function alteredOf(kind: string, input: unknown, { inventory }: World): readonly EcsService[] {
  if (!alters.includes(kind)) return []
  const clients = field(input, 'clients')
  const arns = new Set([field(input, 'serviceArn'), ...(Array.isArray(clients) ? clients : [])])
  return inventory.services.filter((one) => arns.has(one.arn)).slice(0, MOST_CLIENTS + 1)
}

/** What has to be read for this change. Pure and total: the input may be anything. */
export function needsOf(kind: string, input: unknown, world: World): Needs {
  const altered = alteredOf(kind, input, world)
  const copied =
    kind === 'run-service-task'
      ? world.inventory.services.filter((one) => one.arn === field(input, 'serviceArn')).slice(0, 1)
      : []
  return {
    definitionArns: kind === 'create-service' || kind === 'run-task' ? definitionOf(input, world) : [],
    tagArns: taggedOf(kind, input, world).slice(0, MOST_TAGS),
    services: [...altered, ...copied].map(({ clusterArn, arn }) => ({ clusterArn, arn })),
    revisionArns:
      kind === 'enable-exec'
        ? revisionOf(input, world)
        : kind === 'roll-back'
          ? []
          : [...new Set(altered.map(({ taskDefinitionArn }) => taskDefinitionArn))],
  }
}
