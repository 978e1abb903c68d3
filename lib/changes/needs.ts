import { exampleNames } from './examples/names'
import type { World } from './world'

/** What a change wants to know that no reading of the map tells. */
export type Needs = {
  /** Revisions whose containers and network mode decide. */
  readonly definitionArns: readonly string[]
  /** Cloud Map resources whose tags may say that CloudFormation owns them. */
  readonly tagArns: readonly string[]
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
    case 'delete-service': {
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

/** What has to be read for this change. Pure and total: the input may be anything. */
export const needsOf = (kind: string, input: unknown, world: World): Needs => ({
  definitionArns: kind === 'create-service' || kind === 'run-task' ? definitionOf(input, world) : [],
  tagArns: taggedOf(kind, input, world).slice(0, MOST_TAGS),
})
