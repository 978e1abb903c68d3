import type { OutputName, Ref } from '../../command'
import type { Plan } from '../../plan'
import { type Create, createSteps } from '../creates'
import { dependenciesOf } from '../depends'
import { pascalName, uniqueNames } from '../names'
import { type Fields, inputOf } from '../value'
import { toProperties } from './property-names'

/** One resource of a template; references in its properties are still the plan's. */
export type Resource = {
  readonly stepId: string
  readonly sentence: string
  readonly logicalId: string
  readonly command: Create
  readonly type: string
  readonly properties: Fields
  /** Logical ids. */
  readonly dependsOn: readonly string[]
}

const types: Readonly<Record<Create, string>> = {
  'servicediscovery:CreatePrivateDnsNamespace': 'AWS::ServiceDiscovery::PrivateDnsNamespace',
  'servicediscovery:CreatePublicDnsNamespace': 'AWS::ServiceDiscovery::PublicDnsNamespace',
  'servicediscovery:CreateHttpNamespace': 'AWS::ServiceDiscovery::HttpNamespace',
  'servicediscovery:CreateService': 'AWS::ServiceDiscovery::Service',
  'ecs:CreateCluster': 'AWS::ECS::Cluster',
  'ecs:RegisterTaskDefinition': 'AWS::ECS::TaskDefinition',
  'ecs:CreateService': 'AWS::ECS::Service',
}

/** aws-cdk-lib gives these two a meaning of their own as a construct's id. */
const reserved = new Set(['Default', 'Resource'])

/** What a template can describe of a plan. Logical ids follow from the steps' ids, so they are the same each time. */
export function resourcesOf(plan: Plan): readonly Resource[] {
  const steps = createSteps(plan)
  const names = uniqueNames(
    steps.map((step) => step.id),
    pascalName,
    reserved,
  )
  const dependencies = dependenciesOf(steps)
  const logicalId = (stepId: string) => names.get(stepId) ?? pascalName(stepId)
  return steps.map((step) => ({
    stepId: step.id,
    sentence: step.sentence,
    logicalId: logicalId(step.id),
    command: step.command,
    type: types[step.command],
    properties: toProperties(inputOf(step)),
    dependsOn: (dependencies.get(step.id) ?? []).map(logicalId),
  }))
}

/** How a template says an output: `Ref`, or `Fn::GetAtt … Arn` (the template reference's "Return values" of each type). */
const byRef: ReadonlySet<OutputName> = new Set<OutputName>([
  'namespaceId',
  'discoveryServiceId',
  'taskDefinitionArn',
  'serviceArn',
])

export type Reference = { readonly resource: Resource; readonly attribute: 'Arn' | null }

/** What a reference of the plan means in a template; null when nothing in it answers. */
export function referenceOf(resources: readonly Resource[], { $ref }: Ref): Reference | null {
  const resource = resources.find(({ stepId }) => stepId === $ref.step)
  if (!resource) return null
  return { resource, attribute: byRef.has($ref.output) ? null : 'Arn' }
}
